/** @file What has to be said once, beside the work: a refused drop, a call that failed. */
import type { ErrorRecord } from '../../shared/errors.ts';
import type { InLanguage } from '../text/useLanguage.tsx';
import { createStore } from './store.ts';

/** Makes a sentence when it is shown, in the language of that moment. */
export type Say = (
  text: InLanguage['text'],
  format: InLanguage['format'],
  explain: InLanguage['explain'],
) => string;

/** What mends it, as a button of the notice, which then goes. */
export type NoticeAction = { label: (text: InLanguage['text']) => string; do: () => void };

export type Notice = { id: number } & (
  { kind: 'error'; error: ErrorRecord } | { kind: 'info' | 'warning'; say: Say; action?: NoticeAction }
);

export const notices = createStore<readonly Notice[]>([]);

/** More than these would cover the page; the oldest goes. */
const MOST = 3;
let lastId = 0;

export function noticeError(error: ErrorRecord): void {
  add({ id: ++lastId, kind: 'error', error });
}

export function notice(kind: 'info' | 'warning', say: Say, action?: NoticeAction): void {
  add({ id: ++lastId, kind, say, ...(action === undefined ? {} : { action }) });
}

function add(one: Notice): void {
  notices.update((all) => [...all, one].slice(-MOST));
}

export function dismissNotice(id: number): void {
  notices.update((all) => all.filter((one) => one.id !== id));
}
