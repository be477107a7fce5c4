/** @file What the arguments of the calls about halves of pairs, copies of envelopes and refusals of AWS look like. */
import { z } from 'zod';
import type { ArgumentsOf, CallName } from '../../shared/contract.ts';

const id = z.string().min(1).max(64);
const none = z.tuple([]);
const half = z.union([z.strictObject({ grant: id }), z.strictObject({ row: id })]);

/** A key's name may be anything a person typed. */
const text = z.string().min(1).max(2048);
const refused = z.strictObject({
  action: z.string().regex(/^[A-Za-z]{1,64}$/),
  key: z.exactOptional(text),
  connection: z.exactOptional(text),
});

export const halvesSchemas = {
  locate: z.tuple([half, id]),
  cancelLocate: z.tuple([id]),
  restoreEnvelope: z.tuple([half]),
  explainDenied: z.tuple([refused, z.enum(['seal', 'open'])]),
  copies: none,
  changeCopies: z.tuple([
    z.strictObject({ keep: z.exactOptional(z.boolean()), megabytes: z.exactOptional(z.number()) }),
  ]),
  moveCopies: z.tuple([id]),
  moveCopiesBack: none,
  cancelMoveCopies: none,
  clearCopies: none,
} satisfies { [Name in CallName]?: z.ZodType<ArgumentsOf<Name>> };
