/** @file What a test can make go wrong. */
import { ServiceError } from './service-error.ts';

export type FaultKind =
  | { kind: 'throttle' }
  | { kind: 'denied' }
  /** An answer 500 without a word that the SDK knows. */
  | { kind: 'broken' }
  /** The session's token has expired. */
  | { kind: 'expired' }
  /** The caller's clock is said to be wrong, and no better time is offered. */
  | { kind: 'skewed' }
  /** Any other refusal. */
  | { kind: 'refuse'; name: string; message?: string; status?: number }
  | { kind: 'delay'; ms: number }
  /** The connection is reset instead of an answer. */
  | { kind: 'reset' }
  /** Half of the answer, then the connection ends. */
  | { kind: 'half' }
  /** Half of the answer, then silence. */
  | { kind: 'stall' }
  /** Byte after byte, each in time, and no end to it. */
  | { kind: 'drip' }
  /** The answer is about another key than the one asked for. */
  | { kind: 'foreign-key' }
  | { kind: 'foreign-source' }
  /** The data key in the answer has 16 bytes, or 33. */
  | { kind: 'short-key' }
  | { kind: 'long-key' }
  /** The data key in the answer is that of another file: 32 bytes that are not in the ciphertext. */
  | { kind: 'other-data-key' }
  /** The ciphertext in the answer holds another data key than the one that was asked for or given. */
  | { kind: 'other-wrapped' }
  /** The ciphertext in the answer is of another encryption context. */
  | { kind: 'other-context' };

/** Where and how often it strikes: everywhere and always, unless said otherwise. */
export type Scope = {
  action?: string;
  /** Part of the key's name as asked for: an id fits its ARN. */
  key?: string;
  region?: string;
  times?: number;
};

export type Fault = FaultKind & Scope;

/** What a fault is matched against. */
export type Target = { action: string; key: string | undefined; region: string };

/** The faults that apply to one request. */
export class Struck {
  readonly #faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
  }

  has(kind: Fault['kind']): boolean {
    return this.#faults.some((fault) => fault.kind === kind);
  }

  get delayMs(): number {
    return this.#faults.reduce((sum, fault) => (fault.kind === 'delay' ? sum + fault.ms : sum), 0);
  }

  /** @throws ServiceError the refusal that a fault asks for */
  refuse(): void {
    for (const fault of this.#faults) {
      const refusal = refusalOf(fault);
      if (refusal !== undefined) throw refusal;
    }
  }
}

export class Faults {
  #faults: Fault[] = [];
  readonly #held = new Map<string, Promise<void>>();
  readonly #plans: { action: string; left: number; act: () => void }[] = [];
  /** How far the service's clock is ahead. An honest service: it tells its time, and the SDK corrects itself. */
  clockOffsetMs = 0;

  /** @returns a function that ends the fault */
  add(fault: Fault): () => void {
    const added = { ...fault };
    this.#faults.push(added);
    return () => {
      this.#faults = this.#faults.filter((other) => other !== added);
    };
  }

  /** Keeps every answer to `action` back until the returned function is called. */
  hold(action: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#held.set(action, promise);
    return () => {
      this.#held.delete(action);
      resolve();
    };
  }

  /** Half way: calls `act` when the request number `count` to `action`, from now on, has come and is not answered yet. */
  at(action: string, count: number, act: () => void): void {
    this.#plans.push({ action, left: count, act });
  }

  /** A request to `action` has come. */
  arrived(action: string): void {
    for (const plan of this.#plans.filter((one) => one.action === action)) {
      plan.left -= 1;
      if (plan.left === 0) plan.act();
    }
  }

  async held(action: string): Promise<void> {
    await this.#held.get(action);
  }

  clear(): void {
    this.#faults = [];
    this.clockOffsetMs = 0;
  }

  /** The faults for a request, each counted as having struck once. */
  strike({ action, key, region }: Target): Struck {
    const struck = this.#faults.filter(
      (fault) =>
        (fault.times ?? 1) > 0 &&
        (fault.action === undefined || fault.action === action) &&
        (fault.region === undefined || fault.region === region) &&
        (fault.key === undefined || key?.includes(fault.key) === true),
    );
    for (const fault of struck) if (fault.times !== undefined) fault.times -= 1;
    return new Struck(struck);
  }
}

const refusals: Partial<Record<Fault['kind'], readonly [name: string, message: string, status: number]>> = {
  throttle: ['ThrottlingException', 'Rate exceeded', 400],
  denied: ['AccessDeniedException', 'User is not authorized to perform this action', 400],
  broken: ['Oops', '', 500],
  expired: ['ExpiredTokenException', 'The security token included in the request is expired', 400],
  skewed: ['RequestTimeTooSkewed', 'The difference between the times is too large.', 403],
};

function refusalOf(fault: Fault): ServiceError | undefined {
  if (fault.kind === 'refuse') return new ServiceError(fault.name, fault.message ?? '', fault.status);
  const refusal = refusals[fault.kind];
  return refusal === undefined ? undefined : new ServiceError(...refusal);
}
