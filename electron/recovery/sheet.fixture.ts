/** @file For tests: a sheet as paper has it. Rendered by poppler, its code read by another reader than the program's own. */
import { execFileSync, spawnSync } from 'node:child_process';
import jsqr from 'jsqr';
import type { Picture } from './scan.ts';

/** Whether poppler is here, which makes pictures of pages. Where the interop tests are required, it is too. */
export function hasPoppler(): boolean {
  if (process.env['ENVELOPE_REQUIRE_INTEROP'] === '1') return true;
  return spawnSync('pdftoppm', ['-v'], { stdio: 'ignore' }).error === undefined;
}

/** A page as a printer makes it. */
export type Raster = { width: number; height: number; /** 0 black to 255 white. */ gray: Uint8Array };

/** One page of a PDF. `mono`: nothing but black and white. */
export function renderPage(file: string, page: number, dpi: number, mono = false): Raster {
  const options = ['-f', String(page), '-l', String(page), '-r', String(dpi), mono ? '-mono' : '-gray'];
  const bytes = execFileSync('pdftoppm', [...options, file], { maxBuffer: 2 ** 28 });
  const header = /^P[45]\s+(\d+)\s+(\d+)\s+(?:255\s)?/.exec(bytes.subarray(0, 64).toString('latin1'));
  if (header === null) throw new Error('not a picture of pdftoppm');
  const [all, width, height] = [header[0], Number(header[1]), Number(header[2])];
  const data = bytes.subarray(all.length);
  if (!mono) return { width, height, gray: Uint8Array.from(data) };
  const stride = Math.ceil(width / 8);
  const gray = Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return ((data[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 0 : 255;
  });
  return { width, height, gray };
}

/** Four bytes a pixel, of which gray needs no order. */
function pixelsOf({ gray }: Raster): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(4 * gray.length).fill(255);
  for (let index = 0; index < gray.length; index += 1) {
    const value = gray[index] ?? 255;
    pixels[4 * index] = value;
    pixels[4 * index + 1] = value;
    pixels[4 * index + 2] = value;
  }
  return pixels;
}

/** What jsQR, which is not our reader, reads. */
export function readByOthers(raster: Raster): string | undefined {
  return jsqr.default(pixelsOf(raster), raster.width, raster.height)?.data;
}

export function pictureOf(raster: Raster): Picture {
  const { width, height } = raster;
  return { width, height, pixels: new Uint8Array(pixelsOf(raster).buffer) };
}

/**
 * A photograph of `raster`: turned by `degrees`, a little in perspective, dimmer to one side, with noise.
 * @param seed of the noise
 */
export function photograph(raster: Raster, degrees: number, seed: number): Raster {
  const { width, height, gray } = raster;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let state = seed;
  const noise = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 40;
  };
  const taken = Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [(index % width) - width / 2, Math.floor(index / width) - height / 2];
    const depth = 1 + (y / height) * 0.12;
    const u = Math.round(((x * cos - y * sin) * 1.15) / depth + width / 2);
    const v = Math.round(((x * sin + y * cos) * 1.15) / depth + height / 2);
    const inside = u >= 0 && v >= 0 && u < width && v < height;
    const paper = inside ? (gray[v * width + u] ?? 255) : 90;
    const light = 0.75 + 0.25 * (x / width + 0.5);
    return Math.max(0, Math.min(255, 30 + paper * 0.8 * light + noise()));
  });
  return { width, height, gray: taken };
}
