/**
 * @file A service that does nothing but refuse for being too busy: each call waits for it up to its own limit, and ten
 * thousand files would wait for hours. Once it has refused a key to everybody for two such limits, only one call at a time
 * finds out whether it is well again, and the others share what becomes of that.
 */
import { EnvelopeError, isEnvelopeError } from '../../../shared/errors.ts';
import { orCancelled } from '../or-cancelled.ts';
import type { HttpOptions, Limits } from './connection.ts';
import { type Call, fromAws } from './errors.ts';

type Regional = Call & { region: string };

/** What became of the one call: whether the service answers again, or nobody knows, because it was cancelled. */
type Trial = 'well' | 'ill' | 'unknown';

/** What is known of one key in one region. Times are of `performance.now()`. */
type Weather = {
  /** When the first call began that was refused, none having been answered since. */
  since: number;
  /** When the last one was refused. */
  last: number;
  /** Until when nobody asks after a trial that failed. */
  until: number;
  trial: Promise<Trial> | undefined;
};

const placeOf = ({ region, key = '' }: Regional): string => `${region} ${key}`;

export class Storm {
  readonly #limits: Pick<Limits, 'callMs' | 'silentMs'>;
  readonly #places = new Map<string, Weather>();

  constructor(limits: Pick<Limits, 'callMs' | 'silentMs'>) {
    this.#limits = limits;
  }

  forget(): void {
    this.#places.clear();
  }

  /**
   * Does `ask`; where everybody has been refused for long, only if the one call that tries it is answered.
   * @throws EnvelopeError `kms-unavailable`, with `details.storm`, where it was not asked; `cancelled`; what `ask` throws
   */
  async pass<T>(call: Regional, ask: () => Promise<T>, { abortSignal }: HttpOptions): Promise<T> {
    for (;;) {
      const weather = this.#storming(call);
      if (weather === undefined) return await this.#ask(call, ask);
      if (performance.now() < weather.until) throw refused(call);
      const { trial } = weather;
      if (trial === undefined) return await this.#try(weather, call, ask, abortSignal);
      const known = await orCancelled(async () => await trial, abortSignal);
      if (known === 'ill') throw refused(call);
    }
  }

  /** What there is of a storm: nothing after a single refusal, nor long after anybody asked. */
  #storming(call: Regional): Weather | undefined {
    const weather = this.#places.get(placeOf(call));
    if (weather === undefined) return undefined;
    const long = 2 * this.#limits.callMs;
    const now = performance.now();
    if (weather.trial === undefined && now - weather.last > long) {
      this.#places.delete(placeOf(call));
      return undefined;
    }
    return now - weather.since < long ? undefined : weather;
  }

  async #try<T>(
    weather: Weather,
    call: Regional,
    ask: () => Promise<T>,
    abortSignal: AbortSignal | undefined,
  ): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<Trial>();
    weather.trial = promise;
    try {
      return await this.#ask(call, ask);
    } finally {
      weather.trial = undefined;
      const isWell = this.#places.get(placeOf(call)) !== weather;
      const isUnknown = !isWell && abortSignal?.aborted === true;
      if (!isWell && !isUnknown) weather.until = performance.now() + this.#limits.silentMs;
      resolve(isWell ? 'well' : isUnknown ? 'unknown' : 'ill');
    }
  }

  /** Whatever the service answers but that it is too busy shows that it answers. */
  async #ask<T>(call: Regional, ask: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const answer = await ask();
      this.#places.delete(placeOf(call));
      return answer;
    } catch (error) {
      const known = fromAws(error, call);
      if (isEnvelopeError(known, 'kms-unavailable')) this.#refused(call, began);
      else if (!isEnvelopeError(known, 'cancelled', 'kms-offline')) this.#places.delete(placeOf(call));
      throw error;
    }
  }

  #refused(call: Regional, began: number): void {
    const last = performance.now();
    const weather = this.#places.get(placeOf(call));
    if (weather === undefined)
      this.#places.set(placeOf(call), { since: began, last, until: 0, trial: undefined });
    else weather.last = last;
  }
}

const refused = (call: Regional): EnvelopeError =>
  new EnvelopeError('kms-unavailable', `${call.action} was not asked for: the service refuses everything`, {
    ...call,
    name: 'ThrottlingException',
    storm: true,
  });
