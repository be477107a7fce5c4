/** @file Which of the three places is shown. */
import { createStore } from './store.ts';

export const places = ['files', 'keys', 'settings'] as const;
export type Place = (typeof places)[number];

export const place = createStore<Place>('files');
