/**
 * @file An age identity as people write it down and type it in again: in groups, without regard to spaces and case, and
 * with its checksum (bech32, BIP-173) to say where the mistake is. It says where and never what: a program that mends a
 * secret by itself would hide that the paper is wrong.
 */

/** What every X25519 identity of age begins with; 58 characters follow. */
export const IDENTITY_PREFIX = 'AGE-SECRET-KEY-1';
const LENGTH = 58;
/** Characters of a group on paper: nine groups of six, and one of four. */
const GROUP = 6;

/** What is wrong with a text that should be an identity. Groups count from 1. Nothing of the text is in it. */
export type Mistake =
  | { kind: 'empty' }
  /** The public half, `age1…`. */
  | { kind: 'recipient' }
  /** An identity of another kind: of a plugin, post-quantum. */
  | { kind: 'other-kind' }
  /** A character that no identity has. */
  | { kind: 'character'; group: number }
  | { kind: 'short' | 'long'; by: number; group?: number }
  /** All characters are there and one of them, or more, is another. Without `group`: more than one. */
  | { kind: 'wrong'; group?: number };

export type ReadIdentity = { identity: string } | { mistake: Mistake };

const ALPHABET = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';
const VALUES = new Map(Array.from(ALPHABET, (letter, value) => [letter, value] as const));

/** Letters that bech32 left out because they look like others. No identity has them, so reading them so is safe. */
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: 'L', '1': 'L', B: '8' };

/** The prefix without its dashes, as it may be typed. */
const TYPED_PREFIX = /^AGESECRETKEY[1IL]/;

/** Spaces, dashes of every kind, and characters that nobody sees. */
const BETWEEN = /[\s\p{Pd}\p{Cf}_.:]+/gu;

/** The characters after the prefix in groups, as they stand on paper. */
export function groupsOf(identity: string): string[] {
  return identity.slice(IDENTITY_PREFIX.length).match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
}

/** Whether `typed` is the last group of `identity`, as people type. */
export function isLastGroup(typed: string, identity: string): boolean {
  const last = groupsOf(identity).at(-1);
  return last !== undefined && bare(typed) === last;
}

/**
 * Reads what a person typed, pasted or scanned: with or without the prefix, in any case, with spaces, dashes and line
 * breaks anywhere; or the whole file of `age-keygen`, whose comments are passed over.
 */
export function readIdentityText(text: string): ReadIdentity {
  const lines = text.normalize('NFKC').split(/\r?\n/);
  const upper = lines
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('')
    .replaceAll(BETWEEN, '')
    .toUpperCase();
  if (upper === '') return { mistake: { kind: 'empty' } };
  if (upper.startsWith('AGE1')) return { mistake: { kind: 'recipient' } };
  if (/^AGE(?:PLUGIN|SECRETKEYPQ)/.test(upper)) return { mistake: { kind: 'other-kind' } };
  const body = bare(upper.replace(TYPED_PREFIX, ''));
  const mistake = mistakeIn(body);
  return mistake === undefined ? { identity: IDENTITY_PREFIX + body } : { mistake };
}

const bare = (text: string): string =>
  Array.from(
    text.normalize('NFKC').replaceAll(BETWEEN, '').toUpperCase(),
    (letter) => LOOKALIKES[letter] ?? letter,
  ).join('');

const groupAt = (index: number): number => Math.floor(Math.min(index, LENGTH - 1) / GROUP) + 1;

function mistakeIn(body: string): Mistake | undefined {
  const values: number[] = [];
  for (const [index, letter] of Array.from(body).entries()) {
    const value = VALUES.get(letter);
    if (value === undefined) return { kind: 'character', group: groupAt(index) };
    values.push(value);
  }
  const by = Math.abs(values.length - LENGTH);
  if (values.length < LENGTH) return { kind: 'short', by, ...groupIf(by === 1, missingAt(values)) };
  if (values.length > LENGTH) return { kind: 'long', by, ...groupIf(by === 1, surplusAt(values)) };
  if (isValid(values)) return undefined;
  return { kind: 'wrong', ...groupIf(true, otherAt(values) ?? swappedAt(values)) };
}

const groupIf = (known: boolean, index: number | undefined): { group?: number } =>
  known && index !== undefined ? { group: groupAt(index) } : {};

/** Where one character put in makes it valid; 57 characters. Two such places are chance, 1 in 2^19. */
const missingAt = (values: readonly number[]): number | undefined =>
  values.length === LENGTH - 1
    ? firstIndex(LENGTH, (at) => eachValue((value) => values.toSpliced(at, 0, value)))
    : undefined;

const surplusAt = (values: readonly number[]): number | undefined =>
  values.length === LENGTH + 1 ? firstIndex(values.length, (at) => [values.toSpliced(at, 1)]) : undefined;

/** Where one other character makes it valid. Bech32 tells any four apart, so there is at most one such place. */
const otherAt = (values: readonly number[]): number | undefined =>
  firstIndex(LENGTH, (at) => eachValue((value) => values.with(at, value)));

const swappedAt = (values: readonly number[]): number | undefined =>
  firstIndex(LENGTH - 1, (at) => [values.toSpliced(at, 2, values[at + 1] ?? 0, values[at] ?? 0)]);

const eachValue = <T>(of: (value: number) => T): T[] =>
  Array.from({ length: ALPHABET.length }, (_, value) => of(value));

function firstIndex(count: number, candidates: (at: number) => number[][]): number | undefined {
  for (let at = 0; at < count; at += 1) if (candidates(at).some(isValid)) return at;
  return undefined;
}

const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function step(sum: number, value: number): number {
  const top = sum >>> 25;
  const next = ((sum & 0x1ffffff) << 5) ^ value;
  return GENERATOR.reduce((all, term, bit) => ((top >>> bit) & 1 ? all ^ term : all), next);
}

/** The checksum over the prefix, which is the same for every identity. */
const START = (() => {
  const codes = Array.from(IDENTITY_PREFIX.slice(0, -1).toLowerCase(), (letter) => letter.charCodeAt(0));
  return [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)].reduce(step, 1);
})();

/** 32 bytes are 51 characters and one bit: the four spare bits of the 52nd must be zero. */
function isValid(values: readonly number[]): boolean {
  return values.reduce(step, START) === 1 && ((values[51] ?? 0) & 0b1111) === 0;
}
