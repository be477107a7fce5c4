/** @file Where a name gives way when there is no room for all of it. */

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Scripts that run from right to left: cut in two, their parts would change places. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** Characters of which nothing is cut. */
const SHORT = 28;
/** Characters at the end that stay: enough for an extension and a number before it. */
const END = 14;

/** A name as the part that may be shortened and the end that stays. The end is empty where that would not read well. */
export function inTwo(text: string): [start: string, end: string] {
  if (text.length <= SHORT || rightToLeft.test(text)) return [text, ''];
  const all = Array.from(characters.segment(text), ({ segment }) => segment);
  if (all.length <= SHORT) return [text, ''];
  return [all.slice(0, -END).join(''), all.slice(-END).join('')];
}
