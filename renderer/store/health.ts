/** @file The look at the health of envelopes: the one that runs, or the last one. */
import type { Granted } from '../../shared/desktop.ts';
import type { HealthFormat, HealthView } from '../../shared/health-view.ts';
import { client, orNotice } from '../client.ts';
import { notice, noticeError } from './notices.ts';
import { createStore } from './store.ts';

/** Undefined before the first. */
export const health = createStore<HealthView | undefined>(undefined);
/** Grants of what was last looked at, to look again. */
let looked: string[] = [];

export async function loadHealth(): Promise<void> {
  const view = await orNotice(client().health());
  if (view !== undefined) health.set(view);
}

export async function lookAt({ grants, refused }: Granted): Promise<void> {
  for (const { error } of refused.slice(0, 1)) noticeError(error);
  if (grants.length === 0) return;
  looked = grants.map(({ id }) => id);
  await lookAgain();
}

/** At the same places. */
export async function lookAgain({ deep = false, unlock = false } = {}): Promise<void> {
  await orNotice(client().startHealth({ grants: looked, deep, unlock }));
}

/** Whether this page knows what was looked at: a result may be older than the page. */
export const canLookAgain = (): boolean => looked.length > 0;

export async function chooseAndLook(kind: 'folder' | 'files'): Promise<void> {
  const granted = await orNotice(client().pick(kind));
  if (granted !== undefined) await lookAt(granted);
}

/** Approves the account of a key, and asks again. */
export async function approveAndLook(key: string): Promise<void> {
  if ((await orNotice(client().approveHealthKey(key))) !== undefined) await lookAgain();
}

export async function exportResult(format: HealthFormat): Promise<void> {
  const name = await orNotice(client().exportHealth(format));
  if (name !== undefined) notice('info', (text) => text.health.exported(name));
}

export const isLooking = (view: HealthView | undefined): boolean =>
  view?.state === 'running' || view?.state === 'waiting';
