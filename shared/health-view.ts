/** @file The health of envelopes as the page sees it: how far a look is, what it came to, and files a page at a time. */
import type { ErrorRecord } from './errors.ts';
import type { HealthCounts, HealthProblem, HealthSummary } from './health.ts';

export type HealthRequest = {
  /** Grants of folders, drives and files. */
  grants: string[];
  /** Every byte of what opens is checked too. */
  deep: boolean;
  /** Passphrases of local keys are asked for. */
  unlock: boolean;
};

/** Groups about one key. `alone`: that it alone opens · `ending`: that open now, and name it, though it will open nothing soon */
export const keyGroups = ['alone', 'ending'] as const;
export type KeyGroup = (typeof keyGroups)[number];

/** Files that belong together. `files`: how many there are; `listed`: how many can be looked at. */
export type HealthGroup = {
  /** Stands for the group in what is asked of it. */
  id: string;
  kind: HealthProblem | KeyGroup;
  /** The index of the key that it is about. */
  key?: number;
  files: number;
  listed: number;
};

/** `waiting`: a question must be answered first. */
export type HealthView = {
  id: string;
  state: 'running' | 'waiting' | 'ended' | 'cancelled' | 'failed';
  deep: boolean;
  /** Names of what is looked at. */
  places: string[];
  counts: HealthCounts;
  /** Where it is. */
  path: string;
  /** Once it is over. */
  result?: { summary: HealthSummary; groups: HealthGroup[] };
  /** It could not begin, or ended, as a whole. */
  error?: ErrorRecord;
};

/** Files asked for at once. */
export const HEALTH_PAGE = 200;

export const healthFormats = ['json', 'csv'] as const;
export type HealthFormat = (typeof healthFormats)[number];
