import { z } from 'zod';
import type { Row } from '../../shared/desktop.ts';
import { type ErrorRecord, errorCodes } from '../../shared/errors.ts';
import { copyReasons, noteCodes } from '../../shared/notes.ts';

const text = z.string();
const bytes = z.number().nonnegative();
/** An error of a row, or of a batch. */
export const error: z.ZodType<ErrorRecord> = z.object({
  code: z.enum(errorCodes),
  message: text,
  details: z.record(text, z.unknown()),
});

/** A sentence is how notes were written before they were coded. */
const note = z.union([
  text.transform((sentence) => ({ code: 'as-written' as const, text: sentence })),
  z.object({ code: z.literal('as-written'), text }),
  z.object({
    code: z.enum(noteCodes),
    path: text.exactOptional(),
    name: text.exactOptional(),
    error: error.exactOptional(),
    why: z.enum(copyReasons).exactOptional(),
  }),
]);

/** A note that only another version knows is dropped, and the row stays. */
const notes = z.array(z.unknown()).transform((all) => all.flatMap((one) => note.safeParse(one).data ?? []));

/** A row that is over, as the history's file has it. What another version added is dropped. */
export const rowSchema: z.ZodType<Row> = z.object({
  id: text,
  batch: text,
  operation: z.enum(['seal', 'open', 'verify']),
  name: text,
  from: text.exactOptional(),
  state: z.enum(['done', 'skipped', 'failed', 'cancelled']),
  size: bytes,
  done: bytes,
  speed: bytes,
  started: text.exactOptional(),
  ended: text.exactOptional(),
  place: text.exactOptional(),
  requestIds: z.array(text),
  keys: z.array(text),
  waiting: z.array(text).exactOptional(),
  binned: z.boolean(),
  notes,
  error: error.exactOptional(),
});
