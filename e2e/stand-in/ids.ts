/** @file Ids of windows and their contents; one is never given twice. */

let last = 0;

export const nextId = (): number => ++last;
