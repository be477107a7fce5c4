import { z } from 'zod';
import type { Row } from '../../shared/desktop.ts';
import { errorCodes } from '../../shared/errors.ts';

const text = z.string();
const bytes = z.number().nonnegative();
const error = z.object({
  code: z.enum(errorCodes),
  message: text,
  details: z.record(text, z.unknown()),
});

/** A row that is over, as the history's file has it. What another version added is dropped. */
export const rowSchema: z.ZodType<Row> = z.object({
  id: text,
  batch: text,
  operation: z.enum(['seal', 'open', 'verify']),
  name: text,
  state: z.enum(['done', 'skipped', 'failed', 'cancelled']),
  size: bytes,
  done: bytes,
  speed: bytes,
  started: text.exactOptional(),
  ended: text.exactOptional(),
  place: text.exactOptional(),
  requestIds: z.array(text),
  keys: z.array(text),
  binned: z.boolean(),
  notes: z.array(text),
  error: error.exactOptional(),
});
