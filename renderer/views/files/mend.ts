/** @file What the buttons of a failed row, or a failed batch, do. */
import type { RetryChange } from '../../../shared/contract.ts';
import type { Repair } from '../../../shared/remedies.ts';
import { client, orNotice } from '../../client.ts';
import { jobs } from '../../store/jobs.ts';
import { place } from '../../store/place.ts';
import { closeDialog, rowDialog, type Failed } from './dialog.ts';

export async function retry(failed: Failed, change?: RetryChange): Promise<void> {
  closeDialog();
  const answer =
    'row' in failed ? client().retry([failed.row], change) : client().retryBatch(failed.batch, change);
  await orNotice(answer);
}

/** All that failed or was cancelled in a batch, and nothing that was done. */
export async function retryUndone(batch: string): Promise<void> {
  const undone = jobs.rowsOf(batch).filter((row) => row.state === 'failed' || row.state === 'cancelled');
  if (undone.length > 0) await orNotice(client().retry(undone.map((row) => row.id)));
}

/** All of a batch that no key opened: a key that was entered may open them too. */
export async function retryUnopened(failed: Failed): Promise<void> {
  const batch = 'row' in failed ? jobs.rows.get(failed.row)?.batch : failed.batch;
  const rows = batch === undefined ? [] : jobs.rowsOf(batch);
  const unopened = rows.filter(({ error }) => error?.code === 'no-key-opens');
  closeDialog();
  if (unopened.length > 0) await orNotice(client().retry(unopened.map(({ id }) => id)));
}

/** Asks with the system's dialog, and tries again with what was picked. */
export async function retryWith(failed: Failed, kind: 'body' | 'output', as: 'body' | 'to'): Promise<void> {
  const picked = (await orNotice(client().pick(kind)))?.grants[0];
  if (picked !== undefined) await retry(failed, { [as]: picked.id });
}

/** Verifying needs what opening needs. */
function deedOf(failed: Failed): 'seal' | 'open' {
  const found = 'row' in failed ? jobs.rows.get(failed.row) : jobs.batches.get(failed.batch);
  return found?.operation === 'seal' ? 'seal' : 'open';
}

export async function mend(failed: Failed, repair: Repair): Promise<void> {
  switch (repair.kind) {
    case 'retry':
    case 'free-space':
      await retry(failed);
      break;
    case 'find-body':
    case 'find-copy':
      await retryWith(failed, 'body', 'body');
      break;
    case 'choose-folder':
      await retryWith(failed, 'output', 'to');
      break;
    case 'locate':
    case 'restore-envelope':
      // A batch that ended before it had any file lacks no half.
      if ('row' in failed) rowDialog.set({ kind: 'locate', row: failed.row });
      break;
    case 'recovery':
      rowDialog.set({ kind: 'recovery', failed });
      break;
    case 'choose-key':
      rowDialog.set({ kind: 'choose-key', failed });
      break;
    case 'sign-in':
      rowDialog.set({ ...repair, failed });
      break;
    case 'show-policy':
      rowDialog.set({ kind: 'policy', failed, refused: repair.refused, operation: deedOf(failed) });
      break;
    case 'go':
      place.set(repair.place);
      break;
  }
}
