/** @file What the arguments of the calls about halves of pairs, and the copies of envelopes, look like. */
import { z } from 'zod';
import type { ArgumentsOf, CallName } from '../../shared/contract.ts';

const id = z.string().min(1).max(64);
const none = z.tuple([]);
const half = z.union([z.strictObject({ grant: id }), z.strictObject({ row: id })]);

export const halvesSchemas = {
  locate: z.tuple([half, id]),
  cancelLocate: z.tuple([id]),
  restoreEnvelope: z.tuple([half]),
  copies: none,
  changeCopies: z.tuple([
    z.strictObject({ keep: z.exactOptional(z.boolean()), megabytes: z.exactOptional(z.number()) }),
  ]),
  moveCopies: z.tuple([id]),
  moveCopiesBack: none,
  cancelMoveCopies: none,
  clearCopies: none,
} satisfies { [Name in CallName]?: z.ZodType<ArgumentsOf<Name>> };
