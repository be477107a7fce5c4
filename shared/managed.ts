/** @file What an administrator has laid down for everybody on this computer, as the page sees it. */
import type { ErrorRecord } from './errors.ts';

export type ManagedView =
  /** There is a file, but it cannot be used, and so nothing that it may govern is done. */
  | { state: 'invalid'; error: ErrorRecord }
  | {
      state: 'valid';
      path: string;
      trust?: { accounts: readonly string[]; ask: boolean };
      /** Keys that every new envelope gets. */
      keys: readonly string[];
    };
