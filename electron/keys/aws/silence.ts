/** @file Regions that do not answer, for calls that have another way: none of them waits long, and not each of them. */
import { EnvelopeError, isEnvelopeError } from '../../../shared/errors.ts';
import { orCancelled } from '../or-cancelled.ts';
import type { HttpOptions, Limits } from './connection.ts';
import { type Call, fromAws } from './errors.ts';

type Regional = Call & { region: string };

export class Silence {
  readonly #limits: Pick<Limits, 'impatientMs' | 'silentMs'>;
  /** By region: until when (`performance.now()`). */
  readonly #until = new Map<string, number>();

  constructor(limits: Pick<Limits, 'impatientMs' | 'silentMs'>) {
    this.#limits = limits;
  }

  has(region: string): boolean {
    return (this.#until.get(region) ?? 0) > performance.now();
  }

  /** It has answered somebody who waited longer. */
  heard(region: string): void {
    this.#until.delete(region);
  }

  forget(): void {
    this.#until.clear();
  }

  /**
   * Does `ask`, but does not wait for it longer than the limit, and not at all while the region is silent.
   * @throws EnvelopeError `kms-offline` then; what `ask` throws, by the table of errors.ts
   */
  async limit<T>(call: Regional, ask: (http: HttpOptions) => Promise<T>, http: HttpOptions): Promise<T> {
    if (this.has(call.region)) throw offline(call);
    const limit = AbortSignal.timeout(this.#limits.impatientMs);
    const given = http.abortSignal;
    try {
      const abortSignal = given === undefined ? limit : AbortSignal.any([given, limit]);
      // Where a service throttles, the SDK waits in a way that no signal ends.
      const answer = await orCancelled(async () => await ask({ abortSignal }), abortSignal);
      this.heard(call.region);
      return answer;
    } catch (error) {
      const late = limit.aborted && given?.aborted !== true;
      const known = late ? offline(call, error) : fromAws(error, call, given);
      if (isEnvelopeError(known, 'kms-offline')) {
        this.#until.set(call.region, performance.now() + this.#limits.silentMs);
      }
      throw known;
    }
  }
}

const offline = (call: Regional, cause?: unknown): EnvelopeError =>
  new EnvelopeError(
    'kms-offline',
    `${call.action} was not answered in time`,
    { ...call, name: 'TimeoutError' },
    cause,
  );
