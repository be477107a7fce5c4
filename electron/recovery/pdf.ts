/**
 * @file A PDF of a few pages: lines of text in the fonts that every viewer has, and black rectangles. Nothing is
 * compressed or embedded, so a text editor shows what is in it. Latin text only (WinAnsiEncoding).
 */

const fonts = { regular: 'Helvetica', bold: 'Helvetica-Bold', typed: 'Courier', typedBold: 'Courier-Bold' };
export type Font = keyof typeof fonts;
const names = Object.keys(fonts);

/** What of the sentences is not ASCII, as WinAnsiEncoding has it. */
const winAnsi: Readonly<Record<string, number>> = {
  '“': 0x93,
  '”': 0x94,
  '’': 0x92,
  '–': 0x96,
  '…': 0x85,
  '•': 0x95,
};

/** Widths of Helvetica, in thousandths of its size: of the characters from space to tilde. */
const HELVETICA = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
  556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
  500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
  556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
  278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const others: Readonly<Record<string, number>> = {
  '“': 333,
  '”': 333,
  '’': 222,
  '–': 556,
  '…': 1000,
  '•': 350,
};
const COURIER = 600;

const widthOfOne = (character: string): number =>
  HELVETICA[(character.codePointAt(0) ?? 0) - 0x20] ?? others[character] ?? HELVETICA[0] ?? 0;

/** Points that `text` takes. Of bold Helvetica it is a little too small, which matters only where lines are broken. */
export function widthOf(text: string, font: Font, size: number): number {
  const sum = font.startsWith('typed')
    ? Array.from(text).length * COURIER
    : Array.from(text, widthOfOne).reduce((all, one) => all + one, 0);
  return (sum * size) / 1000;
}

/** @throws Error for a character that the encoding has not: the sentences are ours */
function literal(text: string): string {
  const bytes = Array.from(text, (character) => {
    const code = winAnsi[character] ?? character.codePointAt(0) ?? 0;
    if (code > 0xff || (code > 0x7e && winAnsi[character] === undefined) || code < 0x20) {
      throw new Error('a character that this PDF cannot hold');
    }
    if (code > 0x7e) return `\\${code.toString(8)}`;
    return '()\\'.includes(character) ? `\\${character}` : character;
  });
  return `(${bytes.join('')})`;
}

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** One page. Points, from its left and its bottom. */
export class Page {
  readonly #operations: string[] = [];

  text(text: string, x: number, y: number, font: Font, size: number): void {
    if (text === '') return;
    const place = `/F${names.indexOf(font)} ${number(size)} Tf ${number(x)} ${number(y)} Td`;
    this.#operations.push(`BT ${place} ${literal(text)} Tj ET`);
  }

  /** Filled black. */
  bar(x: number, y: number, width: number, height: number): void {
    this.#operations.push(`${[x, y, width, height].map(number).join(' ')} re f`);
  }

  frame(x: number, y: number, width: number, height: number, line: number): void {
    this.#operations.push(`${number(line)} w ${[x, y, width, height].map(number).join(' ')} re S`);
  }

  get content(): string {
    return this.#operations.join('\n');
  }
}

/** The file. `size`: of every page, in points. */
export function pdfOf(
  title: string,
  pages: readonly Page[],
  size: { width: number; height: number },
): Buffer {
  const fontIds = names.map((_, index) => 4 + index);
  const pageIds = pages.map((_, index) => 4 + names.length + 2 * index);
  const box = `[0 0 ${size.width} ${size.height}]`;
  const resources = names.map((_, index) => `/F${index} ${fontIds[index]} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /PrintScaling /None >> >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] >>`,
    `<< /Title ${literal(title)} >>`,
    ...Object.values(fonts).map(
      (name) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`,
    ),
    ...pages.flatMap(({ content }, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox ${box} /Contents ${(pageIds[index] ?? 0) + 1} 0 R` +
        ` /Resources << /Font << ${resources} >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 3 0 R >>`;
  return Buffer.from(`${body}${table}${trailer}\nstartxref\n${body.length}\n%%EOF\n`, 'latin1');
}
