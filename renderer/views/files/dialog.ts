/** @file The one dialog about a row or a batch that is open, if any. It outlives their line, which scrolls away. */
import type { RefusedBy } from '../../../shared/denial.ts';
import { createStore } from '../../store/store.ts';

/** What failed: a file, or a batch before it had any. */
export type Failed = { row: string } | { batch: string };

export type RowDialog =
  | { kind: 'details' | 'locate'; row: string }
  | { kind: 'choose-key' | 'recovery'; failed: Failed }
  | { kind: 'policy'; failed: Failed; refused: RefusedBy; operation: 'seal' | 'open' }
  | { kind: 'sign-in'; failed: Failed; profile?: string; connection?: string };

export const rowDialog = createStore<RowDialog | undefined>(undefined);

export function closeDialog(): void {
  rowDialog.set(undefined);
}
