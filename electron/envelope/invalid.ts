import { EnvelopeError } from '../../shared/errors.ts';

/**
 * *Not a valid envelope*. `reason` goes on after "not a valid envelope: " and quotes nothing from the file, because the
 * file may be hostile and the sentence may be printed on a terminal.
 */
export function invalid(reason: string): EnvelopeError {
  return new EnvelopeError('envelope-invalid', `not a valid envelope: ${reason}`, { reason });
}

/** *Made by a newer version*: `member` holds a string that this version does not know. */
export function newer(member: 'format' | 'cipher' | 'kind'): EnvelopeError {
  const reason = `its ${member} is one that this version does not know`;
  return new EnvelopeError('envelope-newer', `made by a newer version: ${reason}`, { reason });
}
