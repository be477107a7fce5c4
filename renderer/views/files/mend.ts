/** @file What the buttons of a failed row do. */
import type { Repair } from '../../errors/repair.ts';
import { client, orNotice } from '../../client.ts';
import { jobs } from '../../store/jobs.ts';
import { place } from '../../store/place.ts';
import { closeDialog, rowDialog } from './dialog.ts';

export async function retry(rows: string[], change?: { keys?: string[]; body?: string }): Promise<void> {
  closeDialog();
  await orNotice(client().retry(rows, change));
}

/** All that failed or was cancelled in a batch, and nothing that was done. */
export async function retryUndone(batch: string): Promise<void> {
  const undone = jobs.rowsOf(batch).filter((row) => row.state === 'failed' || row.state === 'cancelled');
  if (undone.length > 0) await retry(undone.map((row) => row.id));
}

async function findBody(row: string): Promise<void> {
  const body = (await orNotice(client().pick('body')))?.grants[0];
  if (body !== undefined) await retry([row], { body: body.id });
}

export async function mend(row: string, repair: Repair): Promise<void> {
  switch (repair.kind) {
    case 'retry':
    case 'free-space':
      await retry([row]);
      break;
    case 'find-body':
    case 'find-copy':
      await findBody(row);
      break;
    case 'choose-key':
      rowDialog.set({ kind: 'choose-key', row });
      break;
    case 'sign-in':
      rowDialog.set({ ...repair, row });
      break;
    case 'show-policy':
      rowDialog.set({ kind: 'policy', row, policy: repair.policy });
      break;
    case 'go':
      place.set(repair.place);
      break;
  }
}
