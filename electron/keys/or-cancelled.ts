import { EnvelopeError } from '../../shared/errors.ts';

/**
 * Waits for `work`, but not longer than until `signal`. A result that comes too late goes to `discard`.
 * @throws EnvelopeError `cancelled`
 */
export async function orCancelled<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
  discard: (late: T) => void = () => {},
): Promise<T> {
  if (signal === undefined) return await work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    work.then(discard, () => {});
    reject(new EnvelopeError('cancelled', 'cancelled while waiting for a key'));
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
