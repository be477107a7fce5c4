import { EnvelopeError } from '../../shared/errors.ts';

const cancelled = (): EnvelopeError => new EnvelopeError('cancelled', 'cancelled while waiting for a key');

/**
 * Does `work`, but does not wait for it longer than until `signal`. A result that comes later goes to `discard`.
 * @throws EnvelopeError `cancelled`; if it was before the beginning, `work` is not begun
 */
export async function orCancelled<T>(
  work: () => Promise<T>,
  signal: AbortSignal | undefined,
  discard: (late: T) => void = () => {},
): Promise<T> {
  if (signal === undefined) return await work();
  if (signal.aborted) throw cancelled();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    aborted.reject(cancelled());
  };
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([inTime(work, signal, discard), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Every result is either returned or discarded, never both: it is decided at the moment it comes. */
async function inTime<T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  discard: (late: T) => void,
): Promise<T> {
  const result = await work();
  if (!signal.aborted) return result;
  discard(result);
  throw cancelled();
}
