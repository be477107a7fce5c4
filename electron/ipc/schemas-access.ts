/** @file What the arguments of the calls that change who can open look like. */
import { z } from 'zod';
import { ACCESS_PAGE, accessStates } from '../../shared/access-view.ts';
import type { ArgumentsOf, CallName } from '../../shared/contract.ts';

/** Characters of a report in words: some hundred for each of the envelopes that are listed. */
const REPORT = 200_000_000;

const none = z.tuple([]);
const key = z.string().min(1).max(2048);
/** An envelope has at most 32 keys; a choice may be about envelopes that have different ones. */
const keys = z.array(key).max(100);
const state = z.enum(accessStates);
const index = z.number().int().min(0);
/** It becomes the name of a file. */
const run = z.uuid();

const wanted = z.union([
  z.strictObject({
    work: z.literal('rewrap'),
    add: keys,
    remove: keys,
    replace: z.array(z.strictObject({ from: key, to: key })).max(100),
    leaveUntried: z.boolean(),
  }),
  z.strictObject({ work: z.literal('reseal'), keys }),
]);

export const accessSchemas = {
  lookAtAccess: z.tuple([z.array(z.string().min(1).max(64)).max(100_000)]),
  access: none,
  planAccess: z.tuple([wanted]),
  startAccess: none,
  pauseAccess: z.tuple([z.enum(['pause', 'go-on'])]),
  cancelAccess: none,
  accessFiles: z.tuple([state, index, z.number().int().min(1).max(ACCESS_PAGE)]),
  showAccessFile: z.tuple([state, index]),
  grantAccessFile: z.tuple([state, index]),
  proveAccess: none,
  saveAccessReport: z.tuple([
    z.union([
      z.strictObject({ as: z.literal('json') }),
      z.strictObject({ as: z.literal('text'), text: z.string().max(REPORT) }),
    ]),
  ]),
  accessLeft: none,
  resumeAccess: z.tuple([run]),
  forgetAccess: z.tuple([run]),
} satisfies { [Name in CallName]?: z.ZodType<ArgumentsOf<Name>> };
