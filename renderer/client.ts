/** @file The page's way to the main process: what the preload puts there, or in development its double. */
import type { Client, Result } from '../shared/contract.ts';
import { noticeError } from './store/notices.ts';

declare global {
  interface Window {
    readonly envelope?: Client;
  }
}

let provided: Client | undefined;

/** Called once, before the page is drawn. */
export function provideClient(client: Client): void {
  provided = client;
}

export function client(): Client {
  if (provided === undefined) throw new Error('the page has no client yet');
  return provided;
}

/** The value of an answer; an error becomes a notice and the value undefined. */
export async function orNotice<Value>(answer: Promise<Result<Value>>): Promise<Value | undefined> {
  const result = await answer;
  if (result.ok) return result.value;
  noticeError(result.error);
  return undefined;
}
