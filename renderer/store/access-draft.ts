/** @file What a person has chosen so far for a change of who can open, before it is planned. */
import type { AccessWanted } from '../../shared/access-view.ts';
import type { AccessWork } from '../../shared/rewrap.ts';
import { createStore } from './store.ts';

/** What becomes of a key that stands in envelopes; `by`: the key that takes its place. */
export type Fate = { kind: 'stays' } | { kind: 'goes' } | { kind: 'replaced'; by: string };

export type Draft = {
  /** Of which change. */
  change: string | undefined;
  work: AccessWork;
  /** By key; what is not here stays. */
  fates: Readonly<Record<string, Fate>>;
  add: readonly string[];
  /** Keys that are to open what is sealed again; undefined: those that stand in it now and are here. */
  keys: readonly string[] | undefined;
  /** Keys that were just taken away: they are not chosen by themselves when it is sealed again. */
  without: readonly string[];
  /** Keys that were typed: they can be chosen like those that are listed. */
  typed: readonly string[];
};

export const emptyDraft = (change: string | undefined): Draft => ({
  change,
  work: 'rewrap',
  fates: {},
  add: [],
  keys: undefined,
  without: [],
  typed: [],
});

export const draft = createStore<Draft>(emptyDraft(undefined));

export const change = (some: Partial<Draft>): void => {
  draft.update((now) => ({ ...now, ...some }));
};

/** What the main process is asked for. @param keysNow those of a reseal, where none were chosen */
export function wantedOf(
  { work, fates, add, keys }: Draft,
  keysNow: readonly string[],
  leaveUntried: boolean,
): AccessWanted {
  if (work === 'reseal') return { work, keys: [...(keys ?? keysNow)] };
  const all = Object.entries(fates);
  return {
    work,
    add: [...add],
    remove: all.flatMap(([key, fate]) => (fate.kind === 'goes' ? [key] : [])),
    replace: all.flatMap(([from, fate]) => (fate.kind === 'replaced' ? [{ from, to: fate.by }] : [])),
    leaveUntried,
  };
}

/** A key that is both to come and to go, which cannot be planned. */
export function contradictionOf(wanted: AccessWanted): string | undefined {
  if (wanted.work === 'reseal') return undefined;
  const going = new Set([...wanted.remove, ...wanted.replace.map(({ from }) => from)]);
  return [...wanted.add, ...wanted.replace.map(({ to }) => to)].find((key) => going.has(key));
}

export function isNothing(wanted: AccessWanted): boolean {
  if (wanted.work === 'reseal') return wanted.keys.length === 0;
  return wanted.add.length + wanted.remove.length + wanted.replace.length === 0;
}
