/** @file A recovery key's sheet as a person finds it years later: nothing but its two pages, as a printer made them. */
import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { readByOthers, renderPage } from '../electron/recovery/sheet.fixture.ts';

/** Points that a character of the program takes. */
const COLUMN = '4.62';

/** What the code on the first page says to a reader that is not ours. */
export function scanPaper(pdf: string): string {
  const text = readByOthers(renderPage(pdf, 1, 150, true));
  expect(text).toMatch(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/);
  return text ?? '';
}

/** The program on the second page, copied off it. */
export function copyProgram(pdf: string): string {
  const options = ['-fixed', COLUMN, '-f', '2', '-l', '2'];
  const [, ...lines] = execFileSync('pdftotext', [...options, pdf, '-'], { encoding: 'utf8' }).split('\n');
  const indent = Math.min(...lines.flatMap((line) => (line.trim() === '' ? [] : line.search(/\S/))));
  return lines
    .map((line) => line.slice(indent))
    .join('\n')
    .replaceAll('\f', '');
}
