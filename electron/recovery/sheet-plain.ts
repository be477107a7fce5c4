/** @file The sheet as plain text: for a terminal, and as a file that every printer takes. */
import { blockLines } from './qr.ts';
import type { Sheet } from './sheet.ts';

const WIDTH = 78;
const INDENT = '  ';

function wrapped(text: string, first = '', more = first): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.replaceAll('`', '').split(' ')) {
    const isStart = line === first || line === more;
    if (!isStart && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = more + word;
    } else line += isStart ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** The groups three in a row, each with its number. */
function groupLines({ prefix, groups }: Sheet): string[] {
  const cells = groups.map((group, index) => `${String(index + 1).padStart(2)} ${group.padEnd(9)}`);
  const rows = Array.from({ length: Math.ceil(cells.length / 3) }, (_, row) =>
    cells.slice(3 * row, 3 * row + 3),
  );
  return [`${INDENT}${prefix}`, ...rows.map((row) => `${INDENT}${row.join(' ')}`.trimEnd())];
}

/** The code, the key and its date: all that one has to keep. `ink`: how a line of the code is written. */
export function keyLines(sheet: Sheet, ink: (line: string) => string = (line) => line): string[] {
  const { text, made, recipient } = sheet;
  return [
    text.title,
    text.made(made),
    '',
    ...text.purpose.flatMap((line) => wrapped(line)),
    '',
    ...blockLines(sheet.code).map(ink),
    '',
    ...groupLines(sheet),
    '',
    ...wrapped(text.keyHint),
    '',
    text.recipient,
    `${INDENT}${recipient}`,
  ];
}

/** The whole sheet, its program on a page of its own. */
export function sheetPlain(sheet: Sheet): string {
  const { text, opener } = sheet;
  const sections = text.sections.flatMap(({ title, numbered, lines }) => [
    '',
    title,
    ...lines.flatMap((line, index) => wrapped(line, numbered ? `${index + 1}. ` : '-  ', '   ')),
  ]);
  const pages = [
    [...keyLines(sheet), '', `${text.whose} ${'_'.repeat(40)}`, ...sections],
    [text.opener, '', ...opener],
  ];
  return `${pages.map((lines) => lines.join('\n')).join('\n\f')}\n`;
}
