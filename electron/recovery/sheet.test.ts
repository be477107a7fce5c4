import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import jsqr from 'jsqr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupsOf } from '../../shared/identity-text.ts';
import { newIdentity } from '../keys/age-identity.ts';
import { blockLines } from './qr.ts';
import { scan } from './scan.ts';
import { hasPoppler, photograph, pictureOf, readByOthers, renderPage } from './sheet.fixture.ts';
import { sheetHtml } from './sheet-html.ts';
import { sheetPdf } from './sheet-pdf.ts';
import { sheetPlain } from './sheet-plain.ts';
import { readOpener, type Sheet, type SheetKey, sheetOf } from './sheet.ts';
import { piecesOf, sheetTexts } from './sheet-text.ts';

let folder: string;
let pdf: string;
let key: SheetKey;
let sheet: Sheet;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'envelope-sheet-'));
  pdf = path.join(folder, 'sheet.pdf');
  key = { ...(await newIdentity()), made: '2026-11-26T09:00:00.000Z' };
  sheet = sheetOf(key, 'en');
  writeFileSync(pdf, sheetPdf(sheet));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const textOf = (page: number, ...options: string[]): string =>
  execFileSync('pdftotext', [...options, '-f', String(page), '-l', String(page), pdf, '-'], {
    encoding: 'utf8',
  });

describe.runIf(hasPoppler())('the sheet as a PDF, by poppler', () => {
  it.each([
    ['in gray, 72 dots an inch', 72, false],
    ['in gray, 150 dots an inch', 150, false],
    ['in nothing but black and white, 150 dots an inch', 150, true],
    ['in nothing but black and white, 300 dots an inch', 300, true],
  ])('printed %s has a code that any reader reads', (_, dpi, mono) => {
    const page = renderPage(pdf, 1, dpi, mono);
    expect(readByOthers(page)).toBe(key.identity);
    expect(scan(pictureOf(page))).toBe(key.identity);
  });

  it.each([0, 7, 90, 171, 268])('photographed askew by %d degrees, its code is read', (degrees) => {
    const photo = photograph(renderPage(pdf, 1, 150), degrees, degrees + 1);
    expect(scan(pictureOf(photo))).toBe(key.identity);
  });

  it('has two pages that come out whole on A4 and on Letter', () => {
    const info = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
    expect(info).toMatch(/Pages:\s+2\n/);
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(info) ?? [];
    expect(Number(width)).toBeLessThanOrEqual(595.28);
    expect(Number(height)).toBeLessThanOrEqual(792);
    for (const page of [1, 2]) {
      const { width, height, gray } = renderPage(pdf, page, 72);
      const ink = (index: number): boolean => (gray[index] ?? 255) < 128;
      // Printers leave some 6 mm white on every side.
      const edge = 18;
      for (let index = 0; index < gray.length; index += 1) {
        const [x, y] = [index % width, Math.floor(index / width)];
        const isEdge = x < edge || y < edge || x >= width - edge || y >= height - edge;
        if (isEdge && ink(index)) expect.fail(`ink at ${x}, ${y} of page ${page}`);
      }
    }
  });

  it('says the key in groups, its public half, its date and every step', () => {
    const text = textOf(1, '-layout').replaceAll(/\s+/g, ' ');
    for (const [index, group] of groupsOf(key.identity).entries()) {
      expect(text).toContain(`${index + 1} ${group}`);
    }
    expect(text).toContain(key.recipient);
    expect(text).toContain('November 26, 2026');
    const { purpose, sections } = sheetTexts.en;
    const plain = (sentence: string): string =>
      piecesOf(sentence)
        .map((piece) => piece.text)
        .join('');
    for (const line of [...purpose, ...sections.flatMap(({ lines }) => lines)]) {
      expect(text).toContain(plain(line));
    }
  });

  it('has the whole program on its second page, as it is typed', () => {
    const lines = textOf(2, '-fixed', '4.62').split('\n').slice(1);
    const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
    const typed = lines.map((line) => line.slice(indent).trimEnd()).filter((line) => line !== '');
    const program = readOpener()
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(typed.map((line) => line.replace('\f', ''))).toEqual(program);
  });
});

describe('the sheet otherwise', () => {
  it('as text has a code that is read, once it is ink', () => {
    const rows = blockLines(sheet.code).flatMap((line) => [
      Array.from(line, (block) => '▀█'.includes(block)),
      Array.from(line, (block) => '▄█'.includes(block)),
    ]);
    const scale = 4;
    const width = (rows[0]?.length ?? 0) * scale;
    const height = rows.length * scale;
    const pixels = new Uint8ClampedArray(4 * width * height).fill(255);
    for (let index = 0; index < width * height; index += 1) {
      const [x, y] = [Math.floor((index % width) / scale), Math.floor(index / width / scale)];
      if (rows[y]?.[x] === true) pixels.fill(0, 4 * index, 4 * index + 3);
    }
    expect(jsqr.default(pixels, width, height)?.data).toBe(key.identity);
    const text = sheetPlain(sheet);
    for (const group of groupsOf(key.identity)) expect(text).toContain(group);
    expect(text).toContain(readOpener().trimEnd());
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it.each(['en', 'zh-CN'] as const)(
    'in HTML (%s) has no script, nothing to load, and no attribute of style',
    (language) => {
      const html = sheetHtml(sheetOf(key, language), 'nonce');
      expect(html).not.toMatch(/<script|<img|<link|\bsrc=|\bhref=|\bstyle=|\bon\w+=|url\(|@import/i);
      expect(html.match(/<style/g)).toHaveLength(1);
      expect(html).toContain('<style nonce="nonce">');
      for (const group of groupsOf(key.identity)) expect(html).toContain(group);
    },
  );

  it('has the same sections in both languages', () => {
    const shape = (language: 'en' | 'zh-CN') =>
      sheetTexts[language].sections.map(({ numbered, lines }) => ({ numbered, lines: lines.length }));
    expect(shape('zh-CN')).toEqual(shape('en'));
  });

  it('leads to a program of at most a hundred lines', () => {
    expect(readOpener().trimEnd().split('\n').length).toBeLessThanOrEqual(100);
  });
});

describe('scan', () => {
  it('finds no code where there is none', () => {
    const blank = { width: 200, height: 100, gray: new Uint8Array(20_000).fill(255) };
    expect(() => scan(pictureOf(blank))).toThrow(expect.objectContaining({ code: 'picture-no-code' }));
  });
});
