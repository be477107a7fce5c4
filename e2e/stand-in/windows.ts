/** @file The windows that are open, by their id, in the order of their making. */
import type { BrowserWindow } from './browser-window.ts';

export const windows = new Map<number, BrowserWindow>();
