/** @file What is said of a change of who can open, as parts of lines. */
import type { AccessOutcome, AccessProgress, AccessView } from '../../../shared/access-view.ts';
import type { AccessProof, AccessResult, AccessWork, KmsCalls } from '../../../shared/rewrap.ts';
import type { AccessText } from '../../text/access.en.ts';
import type { Format } from '../../text/format.ts';
import type { InLanguage } from '../../text/useLanguage.tsx';
import { shareOf } from '../files/progress.ts';
import type { TitleOf } from './key-title.ts';

/** What was chosen, a line each. */
export function changeLines(
  { work, chosen }: Pick<AccessView, 'work' | 'chosen'>,
  titleOf: TitleOf,
  text: AccessText,
  format: Format,
): string[] {
  if (chosen === undefined) return [];
  const { add, remove, replace } = chosen;
  const list = (keys: readonly string[]): string => format.list(keys.map(titleOf));
  if (work === 'reseal') return [text.sealedWith(list(add))];
  return [
    ...replace.map(({ from, to }) => text.replaced(titleOf(from), titleOf(to))),
    ...(add.length > 0 ? [text.added(list(add))] : []),
    ...(remove.length > 0 ? [text.removed(list(remove))] : []),
  ];
}

/** Calls of a KMS, by kind; none: the word for it. */
export function callsText(calls: KmsCalls, text: AccessText, format: Format): string {
  const parts = Object.entries(calls).flatMap(([action, many]) =>
    many > 0 ? [text.calls(format.number(many), action)] : [],
  );
  return parts.length === 0 ? text.noCalls : format.list(parts);
}

/** 0 to 1. */
export function progressShare({
  envelopes,
  changed,
  already,
  failed,
  bytes,
  doneBytes,
}: AccessProgress): number {
  return bytes > 0 ? shareOf(doneBytes, bytes) : shareOf(changed + already + failed, envelopes);
}

export function progressFacts(
  { state, envelopes, changed, already, failed, bytes, doneBytes, secondsLeft }: AccessProgress,
  { text, format }: Pick<InLanguage, 'text' | 'format'>,
): string[] {
  const words = text.access;
  return [
    words.of(format.number(changed + already + failed), format.number(envelopes)),
    ...(bytes > 0 ? [words.ofBytes(format.size(doneBytes), format.size(bytes))] : []),
    ...(failed > 0 ? [words.failedSoFar(failed, format.number(failed))] : []),
    ...(secondsLeft === undefined || state !== 'running'
      ? []
      : [text.common.timeLeft(format.duration(secondsLeft))]),
  ];
}

/** How it ended: `806 envelopes changed`. */
export function outcomeTitle(
  work: AccessWork,
  { counts }: AccessOutcome,
  text: AccessText,
  format: Format,
): string {
  return text.doneTitle[work](counts.changed, format.number(counts.changed));
}

export function outcomeFacts({ counts }: AccessOutcome, text: AccessText, format: Format): string[] {
  const { already, failed } = counts;
  return [
    ...(already > 0 ? [text.alreadyCount(already, format.number(already))] : []),
    ...(failed > 0 ? [text.failedCount(failed, format.number(failed))] : []),
  ];
}

/** A sentence of the proof, with the first envelopes that it is about. `bad`: a removed key is still there. */
export type ProofLine = { what: string; first: readonly string[]; bad: boolean };

const plain = (what: string): ProofLine => ({ what, first: [], bad: false });
const finding = (what: string, { first }: { first: readonly string[] }): ProofLine => ({
  what,
  first,
  bad: true,
});

/** What was found afterwards: each sentence says what was looked at, and no more. */
export function proofLines(
  proof: AccessProof,
  titleOf: TitleOf,
  text: AccessText,
  format: Format,
): ProofLine[] {
  const { named, opens, copies, unread, untried, unreadable } = proof;
  const { number } = format;
  return [
    plain(text.proofRead(proof.envelopes, number(proof.envelopes), format.list(proof.keys.map(titleOf)))),
    named.count === 0
      ? plain(text.proofUnnamed)
      : finding(text.proofNamed(named.count, number(named.count)), named),
    opens.count === 0
      ? plain(triedText(proof, text, format))
      : finding(text.proofOpens(opens.count, number(opens.count)), opens),
    ...(untried > 0 ? [plain(text.proofUntried(untried, number(untried)))] : []),
    ...(unreadable > 0 ? [plain(text.proofUnreadable(unreadable, number(unreadable)))] : []),
    ...(copies.count > 0 ? [finding(text.proofCopies(copies.count, number(copies.count)), copies)] : []),
    ...(unread.count > 0 ? [finding(text.proofUnread(unread.count, number(unread.count)), unread)] : []),
  ];
}

function triedText({ tried: { here, kms } }: AccessProof, text: AccessText, format: Format): string {
  if (here + kms === 0) return text.proofNotTried;
  const how = [
    ...(here > 0 ? [text.proofTriedHere(here, format.number(here))] : []),
    ...(kms > 0 ? [text.proofTriedKms(kms, format.number(kms))] : []),
  ];
  return text.proofTried(format.list(how));
}

/** What became of one envelope, beside its name. */
export function fileFacts(
  { added = [], removed = [], verified, state, requestIds = [], notes = [] }: AccessResult,
  titleOf: TitleOf,
  { text, format, noted }: Pick<InLanguage, 'text' | 'format' | 'noted'>,
): string[] {
  const words = text.access;
  const list = (keys: readonly string[]): string => format.list(keys.map(titleOf));
  return [
    ...(added.length > 0 ? [words.added(list(added))] : []),
    ...(removed.length > 0 ? [words.removed(list(removed))] : []),
    ...(state === 'changed' && verified === false ? [words.verifiedNot] : []),
    ...(requestIds.length > 0 ? [words.kmsRequest(requestIds.join(', '))] : []),
    ...notes.map(noted),
  ];
}
