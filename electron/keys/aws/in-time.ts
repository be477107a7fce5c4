import { EnvelopeError, isEnvelopeError } from '../../../shared/errors.ts';
import { orCancelled } from '../or-cancelled.ts';
import type { HttpOptions } from './connection.ts';
import type { Call } from './errors.ts';

/**
 * Does `ask`, but waits for it no longer than `ms`. The SDK's own limits are those of one attempt; where a service throttles,
 * it also waits for its turn among all calls of this program, which no signal ends.
 * @throws EnvelopeError `kms-unavailable` then; what `ask` throws
 */
export async function inTime<T>(
  call: Call,
  ask: (http: HttpOptions) => Promise<T>,
  { abortSignal: given }: HttpOptions,
  ms: number,
): Promise<T> {
  const limit = AbortSignal.timeout(ms);
  const abortSignal = given === undefined ? limit : AbortSignal.any([given, limit]);
  try {
    return await orCancelled(async () => await ask({ abortSignal }), abortSignal);
  } catch (error) {
    if (!limit.aborted || given?.aborted === true || isEnvelopeError(error, 'kms-unavailable')) throw error;
    const details = { ...call, name: 'TimeoutError' };
    throw new EnvelopeError('kms-unavailable', `${call.action} was not done in time`, details, error);
  }
}
