/** @file Who takes what is dropped, while a view wants it that would else be sealed or opened. */
import type { Granted } from '../../shared/desktop.ts';
import type { InLanguage } from '../text/useLanguage.tsx';
import { createStore } from './store.ts';

export type DropTaker = {
  take: (granted: Granted) => Promise<void>;
  /** What the page says while something is held over it. */
  say: (text: InLanguage['text']) => { now: string; hint: string };
};

export const dropTaker = createStore<DropTaker | undefined>(undefined);
