import { EnvelopeError } from '../../shared/errors.ts';

/** The archive breaks a rule of FORMAT.md section 2. `path`: the entry at fault, kept out of the message. */
export function archiveInvalid(reason: string, path?: string): EnvelopeError {
  return new EnvelopeError('archive-invalid', `not a valid archive: ${reason}`, { reason, path });
}
