/** @file Pictures that the user has handed over, as pixels. Decoded by what Electron brings. */
import { open } from 'node:fs/promises';
import { type NativeImage, nativeImage } from 'electron';
import { EnvelopeError } from '../../shared/errors.ts';
import { ioErrors } from '../files/io-error.ts';
import { MAX_PIXELS, pictureSize } from '../recovery/picture-size.ts';
import type { Picture } from '../recovery/scan.ts';

/** SECURITY: what is larger is no photograph of a sheet, and is not given to a decoder. */
const MAX_BYTES = 50_000_000;
/** Pixels, of the longer side, that are enough to read a code by. */
const ENOUGH = 2_000;

const unreadable = (file: string): EnvelopeError =>
  new EnvelopeError('picture-unreadable', 'not a picture that can be read', { path: file });

/** The bytes of a picture file, which the caller wipes. */
async function readBytes(file: string): Promise<Buffer> {
  return await ioErrors('source', file, async () => {
    await using handle = await open(file);
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > MAX_BYTES) throw unreadable(file);
    return await handle.readFile();
  });
}

/** As large as is enough, its form kept. */
function fit(image: NativeImage): NativeImage {
  const { width, height } = image.getSize();
  if (Math.max(width, height) <= ENOUGH) return image;
  return image.resize(width > height ? { width: ENOUGH } : { height: ENOUGH });
}

/** @throws EnvelopeError `picture-unreadable` unless it is a PNG or JPEG; `source-missing`, `source-unreadable` */
export async function readPicture(file: string): Promise<Picture> {
  const bytes = await readBytes(file);
  const said = pictureSize(bytes);
  if (said === undefined || said.width * said.height > MAX_PIXELS) {
    bytes.fill(0);
    throw unreadable(file);
  }
  const image = nativeImage.createFromBuffer(bytes);
  bytes.fill(0);
  if (image.isEmpty()) throw unreadable(file);
  const fitting = fit(image);
  const { width, height } = fitting.getSize();
  return { width, height, pixels: fitting.toBitmap() };
}
