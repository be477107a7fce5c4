/** @file The sheet as a PDF, without a browser: for the command line. In English, whose letters every viewer has. */
import { type Font, Page, pdfOf, widthOf } from './pdf.ts';
import { barsOf, type Modules } from './qr.ts';
import type { Sheet } from './sheet.ts';
import { piecesOf } from './sheet-text.ts';

/** Points. As wide as A4 and as high as Letter: it comes out whole on either, in its own size. */
const PAPER = { width: 595, height: 792 };
const MARGIN = 44;
const WIDTH = PAPER.width - 2 * MARGIN;
const SIZE = 10;
const LEADING = 1.36;
/** 58 millimetres, the white around it included. */
const CODE = 164;
const PROGRAM_SIZE = 7.7;
const PROGRAM_LEADING = 7.95;

type Word = { text: string; font: Font };

/** The words of a sentence. One that has parts of two kinds, such as `a` in “`a`”, goes by the kind of its beginning. */
function wordsOf(sentence: string): Word[] {
  const words: Word[] = [];
  let open = false;
  for (const { text, typed } of piecesOf(sentence)) {
    for (const [index, part] of text.split(' ').entries()) {
      const last = words.at(-1);
      if (index === 0 && open && last !== undefined) last.text += part;
      else if (part !== '') words.push({ text: part, font: typed ? 'typedBold' : 'regular' });
    }
    open = !text.endsWith(' ');
  }
  return words;
}

/** Writes downwards. */
class Pen {
  readonly page = new Page();
  y = PAPER.height - MARGIN;

  down(points: number): void {
    this.y -= points;
  }

  line(text: string, font: Font, size: number, x = MARGIN): void {
    this.down(size * LEADING);
    this.page.text(text, x, this.y, font, size);
  }

  /** Broken into lines. `mark`: before the first of them. */
  paragraph(sentence: string, { mark = '', indent = 0, left = MARGIN, width = WIDTH } = {}): void {
    const begin = left + indent;
    let x = begin;
    this.down(SIZE * LEADING);
    this.page.text(mark, left, this.y, 'regular', SIZE);
    for (const { text, font } of wordsOf(sentence)) {
      const wide = widthOf(text, font, SIZE);
      if (x > begin && x + wide > left + width) {
        this.down(SIZE * LEADING);
        x = begin;
      }
      this.page.text(text, x, this.y, font, SIZE);
      x += wide + widthOf(' ', font, SIZE);
    }
  }
}

function drawCode(page: Page, modules: Modules, left: number, top: number): void {
  const module = CODE / modules.length;
  for (const { x, y, length } of barsOf(modules)) {
    page.bar(left + x * module, top - (y + 1) * module, length * module, module);
  }
}

function drawKey(pen: Pen, { text, prefix, groups, code }: Sheet): void {
  const top = pen.y - 8;
  const left = MARGIN + CODE + 16;
  pen.page.frame(MARGIN, top - CODE - 4, WIDTH, CODE + 4, 1.2);
  drawCode(pen.page, code, MARGIN + 2, top - 2);
  pen.y = top - 8;
  pen.line(text.key, 'bold', 10.5, left);
  pen.down(4);
  pen.line(prefix, 'typedBold', 15, left);
  pen.down(4);
  for (const [index, group] of groups.entries()) {
    const column = index % 3;
    if (column === 0) pen.down(20);
    const x = left + column * 100;
    pen.page.text(String(index + 1), x, pen.y, 'regular', 7);
    pen.page.text(group, x + 14, pen.y, 'typedBold', 15);
  }
  pen.down(5);
  pen.paragraph(text.keyHint, { left, width: WIDTH - CODE - 24 });
  pen.y = top - CODE - 10;
}

function firstPage(sheet: Sheet): Page {
  const { text, made, recipient } = sheet;
  const pen = new Pen();
  const date = text.made(made);
  pen.line(text.title, 'bold', 19);
  pen.page.text(date, PAPER.width - MARGIN - widthOf(date, 'regular', SIZE), pen.y, 'regular', SIZE);
  pen.down(6);
  for (const line of text.purpose) pen.paragraph(line);
  pen.down(10);
  pen.line(text.whose, 'regular', SIZE);
  const whose = widthOf(text.whose, 'regular', SIZE) + 8;
  pen.page.bar(MARGIN + whose, pen.y - 2, WIDTH - whose, 0.6);
  drawKey(pen, sheet);
  pen.line(text.recipient, 'regular', SIZE);
  pen.line(recipient, 'typed', SIZE);
  for (const { title, numbered, lines } of text.sections) {
    pen.down(7);
    pen.line(title, 'bold', 10.5);
    pen.down(1);
    for (const [index, line] of lines.entries()) {
      pen.paragraph(line, { mark: numbered ? `${index + 1}.` : '•', indent: 13, width: WIDTH });
    }
  }
  return pen.page;
}

function programPage({ text, opener }: Sheet): Page {
  const pen = new Pen();
  pen.line(text.opener, 'bold', 10.5);
  pen.down(6);
  for (const line of opener) {
    pen.down(PROGRAM_LEADING);
    pen.page.text(line, MARGIN, pen.y, 'typed', PROGRAM_SIZE);
  }
  return pen.page;
}

/** SECURITY: the identity is in it. The caller wipes the bytes. */
export function sheetPdf(sheet: Sheet): Buffer {
  return pdfOf(sheet.text.title, [firstPage(sheet), programPage(sheet)], PAPER);
}
