/** @file The change of who can open that is at work, or the last one; and what earlier runs have left undone. */
import type { AccessLeft, AccessReport, AccessView, AccessWanted } from '../../shared/access-view.ts';
import type { Granted } from '../../shared/desktop.ts';
import type { ErrorRecord } from '../../shared/errors.ts';
import { client, orNotice } from '../client.ts';
import { emptyDraft, draft } from './access-draft.ts';
import { showKeys } from './keys-tab.ts';
import { notice, noticeError } from './notices.ts';
import { createStore } from './store.ts';

/** Undefined while nothing was chosen. */
export const access = createStore<AccessView | undefined>(undefined);
export const accessLeft = createStore<readonly AccessLeft[]>([]);

export function takeAccess(view: AccessView | undefined): void {
  const before = access.get();
  access.set(view);
  if (view?.id !== draft.get().change) draft.set(emptyDraft(view?.id));
  const isOver = view === undefined || view.stage === 'ended';
  if (isOver && before !== undefined && before.stage !== view?.stage) void loadAccessLeft();
}

export async function loadAccess(): Promise<void> {
  const result = await client().access();
  if (result.ok) takeAccess(result.value);
  else noticeError(result.error);
  await loadAccessLeft();
  const isInterrupted = accessLeft.get().some(({ interrupted }) => interrupted);
  if (isInterrupted && access.get() === undefined) notice('warning', (text) => text.access.leftNotice);
}

export async function loadAccessLeft(): Promise<void> {
  const left = await orNotice(client().accessLeft());
  if (left !== undefined) accessLeft.set(left);
}

/** Looks who can open the envelopes of a group of the result of Health. */
export async function lookAtHealthGroup(group: string): Promise<void> {
  const granted = await orNotice(client().grantHealth(group));
  if (granted !== undefined) await lookAtAccess(granted);
}

/** Looks who can open these, and shows it. */
export async function lookAtAccess({ grants, refused }: Granted): Promise<void> {
  for (const { error } of refused.slice(0, 1)) noticeError(error);
  if (grants.length === 0) return;
  showKeys('access');
  await orNotice(client().lookAtAccess(grants.map(({ id }) => id)));
}

export async function chooseForAccess(kind: 'folder' | 'files'): Promise<void> {
  const granted = await orNotice(client().pick(kind));
  if (granted !== undefined) await lookAtAccess(granted);
}

export async function saveReport(report: AccessReport): Promise<void> {
  const name = await orNotice(client().saveAccessReport(report));
  if (name !== undefined) notice('info', (text) => text.access.saved(name));
}

/** Whether envelopes are being changed: nothing else can begin then. */
export const isChanging = (view: AccessView | undefined): boolean =>
  view?.stage === 'running' || view?.stage === 'proving';

let asked: AccessWanted | undefined;

/** Plans; what stands in the way of that is the answer. */
export async function planChange(wanted: AccessWanted): Promise<ErrorRecord | undefined> {
  asked = wanted;
  const result = await client().planAccess(wanted);
  return result.ok ? undefined : result.error;
}

/** The same once more, with what may be otherwise by now. */
export async function planAgain(more: { leaveUntried?: boolean } = {}): Promise<void> {
  if (asked === undefined) return;
  const error = await planChange(asked.work === 'rewrap' ? { ...asked, ...more } : asked);
  if (error !== undefined) noticeError(error);
}
