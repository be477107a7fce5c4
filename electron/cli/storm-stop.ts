import { failedAttempts } from '../../shared/attempts.ts';
import { EnvelopeError, type ErrorRecord } from '../../shared/errors.ts';
import type { BatchOptions } from '../jobs/job.ts';

type Again<Value> = NonNullable<BatchOptions<Value>['again']>;

/**
 * Stops a batch once a service has refused everything for long (keys/aws/storm.ts): what is left would be told the same, one
 * file after the other.
 */
export class StormStop {
  readonly #stop = new AbortController();
  readonly #given: AbortSignal;
  /** What the service said. */
  #error: EnvelopeError | undefined;

  /** `given`: by which whoever started the batch cancels it. */
  constructor(given: AbortSignal) {
    this.#given = given;
  }

  get signal(): AbortSignal {
    return AbortSignal.any([this.#given, this.#stop.signal]);
  }

  /** Why the batch was stopped; undefined if it was not, or was cancelled. */
  get error(): EnvelopeError | undefined {
    return this.#given.aborted ? undefined : this.#error;
  }

  /** Looks at each failure before `again` is asked. */
  watching<Value>(again: Again<Value>): Again<Value> {
    return async (error, item, tries) => {
      const storm = stormIn(error.toRecord());
      if (storm === undefined) return await again(error, item, tries);
      this.#error ??= EnvelopeError.fromRecord(storm);
      this.#stop.abort();
      return false;
    };
  }
}

const stormIn = (record: ErrorRecord): ErrorRecord | undefined =>
  [record, ...failedAttempts(record).map(({ error }) => error)].find(
    ({ details }) => details['storm'] === true,
  );
