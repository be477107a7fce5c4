/** @file A change of who can open, as the taskbar knows work. */
import type { AccessProgress, AccessView } from '../../shared/access-view.ts';
import type { Labour, LabourChange } from './taskbar.ts';

/**
 * For the taskbar, as a batch: how far it is, that it waits for an answer, and, once what was changed is proved too, how it
 * ended. One that the user stopped is gone without a word.
 * @returns what takes each view, in their order
 */
export function accessToTaskbar(
  tell: (change: LabourChange) => void,
): (view: AccessView | undefined) => void {
  let shown: Labour | undefined;
  return (view) => {
    if (view?.progress !== undefined) {
      const started = shown?.id === view.id ? shown.started : new Date().toISOString();
      shown = labourOf(view, view.progress, started);
      tell({ batches: [shown], gone: [] });
    } else if (shown !== undefined && view?.stage !== 'proving') {
      tell(ofEnd(shown, view));
      shown = undefined;
    }
  };
}

function labourOf({ id, work }: AccessView, progress: AccessProgress, started: string): Labour {
  const { envelopes, changed, already, failed, bytes, doneBytes, state } = progress;
  return {
    id,
    operation: work,
    state: state === 'waiting' ? 'waiting' : 'running',
    files: envelopes,
    bytes,
    doneFiles: changed + already,
    failedFiles: failed,
    skippedFiles: 0,
    doneBytes,
    speed: 0,
    started,
    leftOut: 0,
  };
}

function ofEnd(shown: Labour, view: AccessView | undefined): LabourChange {
  const { outcome, error } = view ?? {};
  const isStopped = error === undefined && outcome?.complete !== true;
  if (view?.id !== shown.id || isStopped) return { batches: [], gone: [shown.id] };
  const counts =
    outcome === undefined ? {} : { doneFiles: outcome.counts.changed, failedFiles: outcome.counts.failed };
  const ended = new Date().toISOString();
  const why = error === undefined ? {} : { error };
  return { batches: [{ ...shown, ...counts, ...why, state: 'ended', ended }], gone: [] };
}
