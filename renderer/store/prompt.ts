/** @file The one question that is open, if any. */
import type { Prompt } from '../../shared/desktop.ts';
import { client, orNotice } from '../client.ts';
import { createStore } from './store.ts';

export const prompt = createStore<Prompt | undefined>(undefined);

/** `undefined` says no. */
export async function answer(id: string, text: string | undefined): Promise<void> {
  await orNotice(client().answerPrompt(id, text));
}
