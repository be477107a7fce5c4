/** @file A change of who can open, as the taskbar knows work. */
import type { AccessView } from '../../shared/access-view.ts';
import type { JobsChange } from '../../shared/desktop.ts';

/**
 * For the taskbar alone, as a batch that runs and then is gone: it shows how far it is, and says nothing when it ends, for
 * its words are about files that are sealed or opened.
 * @returns what takes each view, in their order
 */
export function accessToTaskbar(tell: (change: JobsChange) => void): (view: AccessView | undefined) => void {
  let shown: string | undefined;
  const started = new Date().toISOString();
  return (view) => {
    const { progress } = view ?? {};
    if (view !== undefined && progress !== undefined) {
      const { envelopes, changed, already, failed, bytes, doneBytes } = progress;
      shown = view.id;
      const done = { doneFiles: changed + already + failed, failedFiles: failed, skippedFiles: 0, doneBytes };
      const batch = {
        id: view.id,
        operation: 'verify',
        state: 'running',
        files: envelopes,
        bytes,
        ...done,
      } as const;
      tell({ rows: [], batches: [{ ...batch, speed: 0, started, leftOut: 0 }], gone: [] });
    } else if (shown !== undefined) {
      tell({ rows: [], batches: [], gone: [shown] });
      shown = undefined;
    }
  };
}
