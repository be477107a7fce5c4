/** @file macOS's icon file: chunks of a type, a length and a PNG picture. */
import type { Picture } from './ico.ts';

/** Types that hold a PNG, by pixels; those for displays of double density come second. */
const TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

const HEADER = 8;

function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(HEADER);
  head.write(type, 'latin1');
  head.writeUInt32BE(HEADER + data.length, 4);
  return Buffer.concat([head, data]);
}

/** @param pictures square; sizes that macOS has no type for are left out */
export function icns(pictures: readonly Picture[]): Buffer {
  const chunks = pictures.flatMap(({ size, png }) => (TYPES[size] ?? []).map((type) => chunk(type, png)));
  return chunk('icns', Buffer.concat(chunks));
}
