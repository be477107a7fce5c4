/** @file What the record of a run says, one JSON object a line. Paths and names of keys; never a secret. */
import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { copyReasons, noteCodes } from '../../shared/notes.ts';
import type { AccessProof, AccessResult } from '../../shared/rewrap.ts';

const text = z.string();
const count = z.number().int().nonnegative();
const texts = z.array(text);
const some = z.object({ count, first: texts });
const provider = z.enum(['aws-kms', 'local', 'age']);
const ref = z.object({ provider, key: text });

const error = z.object({ code: z.enum(errorCodes), message: text, details: z.record(text, z.unknown()) });

const note = z.object({
  code: z.enum(noteCodes),
  path: text.exactOptional(),
  name: text.exactOptional(),
  error: error.exactOptional(),
  why: z.enum(copyReasons).exactOptional(),
});

const head = z.object({
  version: z.literal(1),
  id: z.uuid(),
  work: z.enum(['rewrap', 'reseal']),
  started: text,
  /** Absolute paths of envelopes, bodies and folders. */
  paths: texts,
  choice: z.object({
    add: z.array(ref).readonly(),
    remove: texts.readonly(),
    replace: z.array(z.object({ from: text, to: ref })).readonly(),
  }),
  leaveUntried: z.boolean(),
  /** Absolute: where the report goes, which a run that goes on with it writes too. */
  reportTo: text.exactOptional(),
});

const result: z.ZodType<AccessResult> = z.object({
  path: text,
  state: z.enum(['changed', 'already', 'failed']),
  name: text.exactOptional(),
  verified: z.boolean().exactOptional(),
  added: texts.exactOptional(),
  removed: texts.exactOptional(),
  requestIds: texts.exactOptional(),
  notes: z.array(note).exactOptional(),
  error: error.exactOptional(),
});

const proof: z.ZodType<AccessProof> = z.object({
  at: text,
  envelopes: count,
  keys: texts,
  named: some,
  opens: some,
  copies: some,
  tried: z.object({ here: count, kms: count }),
  untried: count,
  unreadable: count,
  unread: some,
});

/** The pair of `path` is about to be replaced by one of the id `to`: what tells later whether it was. */
const begun = z.object({ path: text, from: text, to: text });

/** `complete`: everything was gone through; what failed is among the results. */
const ended = z.object({ at: text, complete: z.boolean() });

export const recordLine = z.union([
  z.object({ head }),
  z.object({ result }),
  z.object({ begun }),
  z.object({ proof }),
  z.object({ ended }),
]);

/** What the record begins with: all it takes to do the rest. */
export type RecordHead = z.infer<typeof head>;
export type RecordLine = z.infer<typeof recordLine>;
export type Begun = z.infer<typeof begun>;

/** A line as it was written; undefined for one that a crash tore, or that another version wrote. */
export function parseLine(line: string): RecordLine | undefined {
  try {
    return recordLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
