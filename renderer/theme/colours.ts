/** @file The colours of the page: one accent, and greys with a breath of it. From light (0) to dark (9). */
import type { MantineColorsTuple } from '@mantine/core';

/** A sea green: calm, and far from the red of what failed. White stands on 7 and darker with 5:1 and more. */
export const sea: MantineColorsTuple = [
  '#ecf7f5',
  '#d9edea',
  '#b0dad4',
  '#83c7be',
  '#5db6ab',
  '#43aa9e',
  '#2f9e92',
  '#1c6d66',
  '#175c56',
  '#0f4a45',
];

/** Greys of the dark scheme: text from 0, the page's ground 7. */
export const night: MantineColorsTuple = [
  '#dce1e4',
  '#bcc5ca',
  '#9aa6ad',
  '#6b7880',
  '#46525a',
  '#343e45',
  '#2a3338',
  '#1c2327',
  '#161c1f',
  '#101517',
];

/** What failed. In the light scheme text is 8, in the dark one 4. */
export const brick: MantineColorsTuple = [
  '#fdf0ee',
  '#f9deda',
  '#f2bbb3',
  '#ea968a',
  '#f08f82',
  '#df6556',
  '#cf4a3a',
  '#b53a2b',
  '#9c2f22',
  '#7c2318',
];

/** What asks for attention. In the light scheme text is 9, in the dark one 4. */
export const amber: MantineColorsTuple = [
  '#fdf6e7',
  '#faeac8',
  '#f4d492',
  '#eebd5a',
  '#ecb44a',
  '#d99a1f',
  '#b97f12',
  '#94640b',
  '#7a5207',
  '#5f3f04',
];
