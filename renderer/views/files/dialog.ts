/** @file The one dialog about a row that is open, if any. It outlives the row's line, which scrolls away. */
import { createStore } from '../../store/store.ts';

export type RowDialog =
  | { kind: 'details' | 'choose-key'; row: string }
  | { kind: 'policy'; row: string; policy: string }
  | { kind: 'sign-in'; row: string; profile?: string; connection?: string };

export const rowDialog = createStore<RowDialog | undefined>(undefined);

export function closeDialog(): void {
  rowDialog.set(undefined);
}
