/** @file How many columns of a terminal a text takes, and cutting it to fit. */

let segmenter: Intl.Segmenter | undefined;
/** Two columns: East Asian scripts, their full-width forms, and pictures. */
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303E\uFF01-\uFF60\p{Emoji_Presentation}]/u;

/** What a reader takes for one sign each. The segmenter is made at first use: that takes as long as half a start. */
function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const columnsOf = (grapheme: string): number => (wide.test(grapheme) ? 2 : 1);

/** Columns that `text` takes on a terminal. `text` is printable. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const grapheme of graphemesOf(text)) columns += columnsOf(grapheme);
  return columns;
}

/** As much of the end of `parts` as fits `columns`. */
function fitting(parts: readonly string[], columns: number): string[] {
  const kept: string[] = [];
  let left = columns;
  for (const part of parts) {
    left -= columnsOf(part);
    if (left < 0) break;
    kept.push(part);
  }
  return kept;
}

/** `text` cut in its middle to at most `columns` columns: the end of a file name says most. */
export function cutToWidth(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns < 1) return '';
  const parts = graphemesOf(text);
  const head = fitting(parts, Math.floor((columns - 1) / 2)).join('');
  const tail = fitting(parts.toReversed(), columns - 1 - widthOf(head))
    .toReversed()
    .join('');
  return `${head}…${tail}`;
}
