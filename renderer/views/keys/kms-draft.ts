/** @file The KMS key that a person is about to make: what they wrote, what is wrong with it, and the key it asks for. */
import type { NewKmsKey } from '../../../shared/contract.ts';

export type KmsDraft = {
  connection: string;
  /** With or without `alias/`. */
  alias: string;
  description: string;
  multiRegion: boolean;
  rotation: boolean;
  /** Days, as typed. */
  rotationDays: string;
  /** The costs were read and agreed to. */
  agreed: boolean;
};

export type KmsProblem = 'alias-empty' | 'alias-form' | 'alias-aws' | 'description-long' | 'rotation-days';

/** Of the KMS: 90 to 2560 days, 365 if none are said (kms.md section 1). */
const ROTATION = { least: 90, most: 2560, usual: 365 };

export const newKmsDraft = (connection: string): KmsDraft => ({
  connection,
  alias: '',
  description: '',
  multiRegion: false,
  rotation: true,
  rotationDays: String(ROTATION.usual),
  agreed: false,
});

/** Fewer than the KMS would take; a page of text says enough. */
const MOST_DESCRIPTION = 2048;

const aliasName = (alias: string): string => alias.trim().replace(/^alias\//, '');

function aliasProblem(alias: string): KmsProblem | undefined {
  const name = aliasName(alias);
  if (name === '') return 'alias-empty';
  if (!/^[A-Za-z0-9/_-]{1,250}$/.test(name)) return 'alias-form';
  return name.startsWith('aws/') ? 'alias-aws' : undefined;
}

const isRotation = (text: string): boolean => {
  const days = Number(text);
  return Number.isInteger(days) && days >= ROTATION.least && days <= ROTATION.most;
};

/** What is wrong, by field; nothing if the key can be asked for. */
export function kmsProblems(draft: KmsDraft): Partial<Record<keyof KmsDraft, KmsProblem>> {
  const alias = aliasProblem(draft.alias);
  return {
    ...(alias === undefined ? {} : { alias }),
    ...(draft.description.length > MOST_DESCRIPTION ? { description: 'description-long' } : {}),
    ...(draft.rotation && !isRotation(draft.rotationDays) ? { rotationDays: 'rotation-days' } : {}),
  };
}

export function kmsKeyOf({ connection, alias, description, multiRegion, ...draft }: KmsDraft): NewKmsKey {
  return {
    connection,
    alias: `alias/${aliasName(alias)}`,
    description: description.trim(),
    multiRegion,
    ...(draft.rotation ? { rotationDays: Number(draft.rotationDays) } : {}),
  };
}
