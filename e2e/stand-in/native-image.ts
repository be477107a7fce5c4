/** @file `nativeImage`: pictures of the one kind that a spec makes, PNG of eight bits without interlacing. */
import { inflateSync } from 'node:zlib';
import { refuseOthers } from './refuse.ts';

const SIGNATURE = '89504e470d0a1a0a';
/** Bytes of a pixel, by PNG's kind of colour: gray, colours, both with opacity. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

type Decoded = { width: number; height: number; pixels: Buffer };

/** The chunks of a PNG, by name; data that comes in parts is put together. */
function chunksOf(bytes: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    chunks.set(name, Buffer.concat([chunks.get(name) ?? Buffer.alloc(0), data]));
    at += length + 12;
  }
  return chunks;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Undoes the filter of every line. */
function unfiltered(data: Buffer, stride: number, step: number): Buffer {
  const lines = data.length / (stride + 1);
  const out = Buffer.alloc(lines * stride);
  for (let y = 0; y < lines; y++) {
    const filter = data[y * (stride + 1)]!;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < step ? 0 : out[at - step]!;
      const up = y === 0 ? 0 : out[at - stride]!;
      const corner = x < step || y === 0 ? 0 : out[at - stride - step]!;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!;
      out[at] = data[y * (stride + 1) + 1 + x]! + guess;
    }
  }
  return out;
}

/** @returns undefined for what is no such picture */
export function decodePng(bytes: Buffer): Decoded | undefined {
  if (bytes.toString('hex', 0, 8) !== SIGNATURE) return undefined;
  const chunks = chunksOf(bytes);
  const header = chunks.get('IHDR')!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = CHANNELS[header[9]!];
  if (header[8] !== 8 || channels === undefined || header[12] !== 0) return undefined;
  const raw = unfiltered(inflateSync(chunks.get('IDAT')!), width * channels, channels);
  const pixels = Buffer.alloc(4 * width * height, 255);
  for (let index = 0; index < width * height; index++) {
    const from = index * channels;
    const isGray = channels < 3;
    for (const [to, channel] of [2, 1, 0].entries()) {
      pixels[4 * index + to] = raw[from + (isGray ? 0 : channel)]!;
    }
    if (channels % 2 === 0) pixels[4 * index + 3] = raw[from + channels - 1]!;
  }
  return { width, height, pixels };
}

class NativeImage {
  readonly #decoded: Decoded | undefined;

  constructor(decoded: Decoded | undefined) {
    this.#decoded = decoded;
  }

  isEmpty(): boolean {
    return this.#decoded === undefined;
  }

  getSize(): Electron.Size {
    return { width: this.#decoded?.width ?? 0, height: this.#decoded?.height ?? 0 };
  }

  /** Blue, green, red, opacity, as on every system that Chromium runs on. */
  toBitmap(): Buffer {
    return Buffer.from(this.#decoded?.pixels ?? []);
  }
}

refuseOthers('NativeImage', NativeImage.prototype);

export const nativeImage = refuseOthers('nativeImage', {
  createFromBuffer: (bytes: Buffer): NativeImage => new NativeImage(decodePng(bytes)),
});
