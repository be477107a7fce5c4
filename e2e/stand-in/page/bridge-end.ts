/**
 * @file One end of Electron's contextBridge. The page's world and the preload's world share the document, so they talk by
 * events on it: Chromium itself clones what such an event carries from one world into the other, files included.
 */

/** A value as it crosses. What cannot be cloned is left behind under a number, by which the other end asks for it. */
type Carried =
  | { kind: 'value'; value: unknown }
  | { kind: 'array'; items: Carried[] }
  | { kind: 'object'; entries: [string, Carried][] }
  | { kind: 'error'; message: string }
  | { kind: 'function' | 'promise'; id: number };

type BridgeMessage =
  | { op: 'call'; id: number; args: Carried[] }
  | { op: 'return' | 'throw'; value: Carried }
  | { op: 'resolve' | 'reject'; id: number; value: Carried }
  | { op: 'tell'; about: string; values: Carried[] };

type AnyFunction = (...args: unknown[]) => unknown;
type Waiting = { resolve: (value: unknown) => void; reject: (reason: unknown) => void };

/** Whether it is made of plain objects, arrays and simple values alone: Chromium clones that by itself, and fast. */
export function isPlainData(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return typeof value !== 'function' && typeof value !== 'symbol';
  if (Array.isArray(value)) return value.every(isPlainData);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlainData);
}

export class BridgeEnd {
  /** Hears what the other end tells. */
  heard: (about: string, values: unknown[]) => void = () => {};
  /** Hears what a function of this end is called with, before it is. */
  called: (args: unknown[]) => void = () => {};
  readonly #peer: string;
  readonly #functions: AnyFunction[] = [];
  readonly #waiting = new Map<number, Waiting>();
  #promises = 0;
  #returned: BridgeMessage | undefined;

  /** `token` is known to both ends and to nobody else in the page. */
  constructor(token: string, me: string, peer: string) {
    this.#peer = token + peer;
    document.addEventListener(token + me, (event) =>
      this.#receive((event as CustomEvent<BridgeMessage>).detail),
    );
  }

  tell(about: string, ...values: unknown[]): void {
    this.#send({ op: 'tell', about, values: values.map((value) => this.#carry(value)) });
  }

  /** Events are delivered before this returns; so is the answer to a call. */
  #send(message: BridgeMessage): void {
    document.dispatchEvent(new CustomEvent(this.#peer, { detail: message }));
  }

  #carry(value: unknown): Carried {
    if (typeof value === 'function')
      return { kind: 'function', id: this.#functions.push(value as AnyFunction) - 1 };
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    if (value === null || typeof value !== 'object' || isPlainData(value)) return { kind: 'value', value };
    if (value instanceof Promise) return { kind: 'promise', id: this.#follow(value) };
    if (value instanceof Error) return { kind: 'error', message: value.message };
    if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => this.#carry(item)) };
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype)
      return { kind: 'value', value: structuredClone(value) };
    return {
      kind: 'object',
      entries: Object.entries(value).map(([key, item]) => [key, this.#carry(item)]),
    };
  }

  #follow(promise: Promise<unknown>): number {
    const id = ++this.#promises;
    promise.then(
      (value) => this.#send({ op: 'resolve', id, value: this.#carry(value) }),
      (reason: unknown) => this.#send({ op: 'reject', id, value: this.#carry(reason) }),
    );
    return id;
  }

  #take(carried: Carried): unknown {
    switch (carried.kind) {
      case 'value':
        return carried.value;
      case 'array':
        return carried.items.map((item) => this.#take(item));
      case 'object':
        return Object.fromEntries(carried.entries.map(([key, item]) => [key, this.#take(item)]));
      case 'error':
        return new Error(carried.message);
      case 'function':
        return (...args: unknown[]): unknown => this.#callPeer(carried.id, args);
      case 'promise':
        return new Promise((resolve, reject) => this.#waiting.set(carried.id, { resolve, reject }));
      default:
        throw new Error('not a carried value');
    }
  }

  #callPeer(id: number, args: unknown[]): unknown {
    this.#returned = undefined;
    this.#send({ op: 'call', id, args: args.map((item) => this.#carry(item)) });
    // Read at once: taking the value may run code that calls again.
    const answer = this.#returned as BridgeMessage | undefined;
    if (answer?.op === 'throw') throw this.#take(answer.value) as Error;
    if (answer?.op === 'return') return this.#take(answer.value);
    throw new Error('stand-in: the other end of the bridge is gone');
  }

  #receive(message: BridgeMessage): void {
    switch (message.op) {
      case 'call':
        this.#send(this.#answer(message.id, message.args));
        break;
      case 'return':
      case 'throw':
        this.#returned = message;
        break;
      case 'resolve':
      case 'reject':
        this.#waiting.get(message.id)?.[message.op](this.#take(message.value));
        this.#waiting.delete(message.id);
        break;
      case 'tell':
        this.heard(
          message.about,
          message.values.map((value) => this.#take(value)),
        );
        break;
      default:
        throw new Error('not a message of the bridge');
    }
  }

  #answer(id: number, args: Carried[]): BridgeMessage {
    try {
      const taken = args.map((item) => this.#take(item));
      this.called(taken);
      const value = this.#functions[id]!(...taken);
      return { op: 'return', value: this.#carry(value) };
    } catch (error) {
      return { op: 'throw', value: this.#carry(error) };
    }
  }
}
