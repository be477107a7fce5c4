/** @file The code on the sheet: a QR code that carries exactly the text of the identity. */
import { encodeQR } from 'qr';

/** Modules of white on every side, without which no reader finds a code. */
const QUIET = 4;

/** Rows of modules, true where they are black, with the white around them. */
export type Modules = readonly (readonly boolean[])[];

/** The code of an identity: of its capitals, and of the strength that reads with almost a third of it gone. */
export function codeOf(identity: string): Modules {
  return encodeQR(identity, 'raw', { ecc: 'high', encoding: 'alphanumeric', border: QUIET });
}

/** A horizontal bar of black modules. */
export type Bar = { x: number; y: number; length: number };

/** The black of a code as bars, as few as its rows allow. Modules count from 0, left and top. */
export function barsOf(modules: Modules): Bar[] {
  return modules.flatMap((row, y) => {
    const bars: Bar[] = [];
    for (const [x, black] of row.entries()) {
      const last = bars.at(-1);
      if (!black) continue;
      if (last !== undefined && last.x + last.length === x) last.length += 1;
      else bars.push({ x, y, length: 1 });
    }
    return bars;
  });
}

const halves = [
  [' ', '▄'],
  ['▀', '█'],
] as const;

/**
 * The code in block characters, two rows of modules a line, black where there is ink. For paper, and for a terminal
 * that was told to write black on white.
 */
export function blockLines(modules: Modules): string[] {
  const isBlack = (x: number, y: number): boolean => modules[y]?.[x] === true;
  return Array.from({ length: Math.ceil(modules.length / 2) }, (_, line) =>
    Array.from(
      { length: modules.length },
      (_, x) => halves[isBlack(x, 2 * line) ? 1 : 0][isBlack(x, 2 * line + 1) ? 1 : 0],
    ).join(''),
  );
}
