/** @file One envelope that waits for KMS keys, as the list keeps it. Paths and names of keys; nothing secret. */
import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import type { KeyRef } from '../keys/keyring.ts';

const text = z.string();
const key = z.strictObject({ provider: z.enum(['aws-kms', 'local', 'age']), key: text });

export const noteSchema = z.object({
  version: z.literal(1),
  /** The envelope's id. */
  id: z.uuid(),
  /** Its path, as far as is known. */
  envelope: text,
  /** What is to be added, as the user chose it. */
  keys: z.array(key).min(1),
  /** The key of this computer that is to go once those are there: the user did not choose it. */
  standIn: text.optional(),
  /** ISO times. */
  sealed: text,
  tried: text.optional(),
  /** Why the last try was in vain. */
  problem: z
    .object({ code: z.enum(errorCodes), message: text, details: z.record(text, z.unknown()) })
    .optional(),
});

export type WaitingNote = z.infer<typeof noteSchema>;

export function newNote(id: string, envelope: string, keys: readonly KeyRef[]): WaitingNote {
  return { version: 1, id, envelope, keys: [...keys], sealed: new Date().toISOString() };
}
