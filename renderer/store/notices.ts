/** @file What has to be said once, beside the work: a refused drop, a call that failed. */
import type { ErrorRecord } from '../../shared/errors.ts';
import type { Text } from '../text/text.ts';
import { createStore } from './store.ts';

export type Notice = { id: number } & (
  | { kind: 'error'; error: ErrorRecord }
  /** The sentence is made when it is shown, in the language of that moment. */
  | { kind: 'info' | 'warning'; say: (text: Text) => string }
);

export const notices = createStore<readonly Notice[]>([]);

/** More than these would cover the page; the oldest goes. */
const MOST = 3;
let lastId = 0;

export function noticeError(error: ErrorRecord): void {
  add({ id: ++lastId, kind: 'error', error });
}

export function notice(kind: 'info' | 'warning', say: (text: Text) => string): void {
  add({ id: ++lastId, kind, say });
}

function add(one: Notice): void {
  notices.update((all) => [...all, one].slice(-MOST));
}

export function dismissNotice(id: number): void {
  notices.update((all) => all.filter((one) => one.id !== id));
}
