import { randomBytes } from 'node:crypto';
import { deflateSync, crc32 } from 'node:zlib';
import { encodeQR } from 'qr';
import { describe, expect, it } from 'vitest';
import { MAX_PIXELS, pictureSize } from './picture-size.ts';
import type { Picture } from './scan.ts';
import { scanInThread } from './scan-thread.ts';

/** A picture of `size` pixels in a square, dark where `isDark` says. */
function draw(size: number, isDark: (x: number, y: number) => boolean): Picture {
  const pixels = new Uint8Array(4 * size * size).fill(255);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1)
      if (isDark(x, y)) pixels.fill(0, 4 * (y * size + x), 4 * (y * size + x) + 3);
  }
  return { width: size, height: size, pixels };
}

/** Nothing but corners of codes, one beside the other: each pair of three could be a code. */
const corners = (size: number): Picture =>
  draw(size, (x, y) => {
    const [a, b] = [Math.floor(x / 2) % 9, Math.floor(y / 2) % 9];
    if (a > 6 || b > 6) return false;
    const ring = Math.max(Math.abs(a - 3), Math.abs(b - 3));
    return ring === 3 || ring <= 1;
  });

const noCode = expect.objectContaining({ code: 'picture-no-code' }) as unknown;

describe('scanInThread', () => {
  it('reads a code, and leaves the pixels to the caller', async () => {
    const modules = encodeQR('AGE-SECRET-KEY-1ABC', 'raw');
    const scale = 6;
    const picture = draw(modules.length * scale + 60, (x, y) => {
      const [row, column] = [Math.floor((y - 30) / scale), Math.floor((x - 30) / scale)];
      return modules[row]?.[column] === true;
    });
    expect(await scanInThread(picture)).toBe('AGE-SECRET-KEY-1ABC');
    expect(picture.pixels.length).toBe(4 * picture.width * picture.height);
    expect(picture.pixels.includes(255)).toBe(true);
  });

  it.each<[string, () => Picture]>([
    ['noise', () => ({ width: 1500, height: 1500, pixels: randomBytes(4 * 1500 * 1500) })],
    ['nothing but corners of codes', () => corners(1500)],
  ])('a hostile picture ends in time, and nothing else waits for it: %s', async (_, make) => {
    const picture = make();
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 10);
    const began = performance.now();
    try {
      await expect(scanInThread(picture, 2_000)).rejects.toEqual(noCode);
    } finally {
      clearInterval(beat);
    }
    // Ten times what is promised, for a slow machine; the looking itself would take seconds in one piece.
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(longest).toBeLessThan(1_500);
  });

  it('what takes longer than patience lasts counts as without a code', async () => {
    await expect(scanInThread(corners(1500), 1)).rejects.toEqual(noCode);
  });

  it('what is too large, or not all there, is not looked at', async () => {
    const pixels = new Uint8Array(16);
    await expect(scanInThread({ width: 20_000, height: 20_000, pixels })).rejects.toEqual(noCode);
    await expect(scanInThread({ width: 3, height: 2, pixels })).rejects.toEqual(noCode);
  });
});

describe('pictureSize', () => {
  /** A PNG that says it is so large, and holds nothing of it. */
  const png = (width: number, height: number): Buffer => {
    const chunk = (type: string, data: Buffer): Buffer => {
      const body = Buffer.concat([Buffer.from(type), data]);
      const ends = Buffer.alloc(8);
      ends.writeUInt32BE(data.length, 0);
      ends.writeUInt32BE(crc32(body), 4);
      return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
    };
    const header = Buffer.alloc(13);
    header.writeUInt32BE(width, 0);
    header.writeUInt32BE(height, 4);
    header.set([8, 2], 8);
    return Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.alloc(1000))),
      chunk('IEND', Buffer.alloc(0)),
    ]);
  };

  it('is what the file says, though it holds nothing', () => {
    expect(pictureSize(png(640, 480))).toEqual({ width: 640, height: 480 });
    const bomb = pictureSize(png(65_535, 65_535));
    expect((bomb?.width ?? 0) * (bomb?.height ?? 0)).toBeGreaterThan(MAX_PIXELS);
  });

  it('is found behind the tables and remarks of a JPEG', () => {
    const frame = [0xff, 0xc2, 0, 17, 8, 0x01, 0xe0, 0x02, 0x80, 3];
    const remark = [0xff, 0xfe, 0, 4, 1, 2];
    const table = [0xff, 0xc4, 0, 3, 9];
    const bytes = Uint8Array.from([0xff, 0xd8, ...remark, 0xff, ...table, ...frame, 0, 0]);
    expect(pictureSize(bytes)).toEqual({ width: 640, height: 480 });
  });

  it.each([
    [],
    [0xff, 0xd8],
    [0xff, 0xd8, 0xff, 0xfe, 0, 0, 1, 2, 3, 4, 5, 6],
    [0xff, 0xd8, 0xff, 0xda, 0, 4, 1, 2, 3, 4, 5, 6],
    [...Buffer.from('GIF89a and so on and on')],
    [...Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0', 'latin1')],
  ])('is none of what is no picture: %#', (...bytes) => {
    expect(pictureSize(Uint8Array.from(bytes))).toBeUndefined();
  });
});
