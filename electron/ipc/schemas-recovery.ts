/** @file What the arguments of the calls about the recovery key look like. */
import { z } from 'zod';
import type { ArgumentsOf, CallName } from '../../shared/contract.ts';
import { sheetDeeds } from '../../shared/recovery-view.ts';

const id = z.string().min(1).max(64);
const none = z.tuple([]);
/** A key file as a whole may be pasted. May be empty: the answer says what is wrong with it. */
const given = z.union([z.strictObject({ typed: z.string().max(8192) }), z.strictObject({ picture: id })]);

export const recoverySchemas = {
  recovery: none,
  makeRecoveryKey: none,
  recoverySheet: z.tuple([z.enum(sheetDeeds)]),
  activateRecoveryKey: z.tuple([z.string().max(100)]),
  cancelRecoveryKey: none,
  takeRecoveryKey: z.tuple([given]),
  forgetRecoveryKey: none,
  drillRecoveryKey: z.tuple([given, id.optional()]),
  cancelDrill: none,
  lendKey: z.tuple([given, id.optional()]),
  takeBackKeys: none,
  quietRecovery: none,
} satisfies { [Name in CallName]?: z.ZodType<ArgumentsOf<Name>> };
