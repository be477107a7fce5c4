/** @file How large a picture says it is, read before anything decodes it: a small file may say that it is enormous. */

export type PictureSize = { width: number; height: number };

/** SECURITY: what has more pixels is no photograph of a sheet, and is not given to a decoder. */
export const MAX_PIXELS = 100_000_000;

const PNG = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');

/** Markers of a JPEG's frame, in which its size stands; the other three of C0 to CF are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** The size of a PNG or JPEG in pixels; undefined if it is neither, or says none. */
export function pictureSize(bytes: Uint8Array): PictureSize | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.subarray(0, PNG.length).equals(PNG)) {
    if (view.length < PNG.length + 8) return undefined;
    return { width: view.readUInt32BE(PNG.length), height: view.readUInt32BE(PNG.length + 4) };
  }
  return view.length > 4 && view.readUInt16BE(0) === 0xffd8 ? jpegSize(view) : undefined;
}

/** Walks the segments up to the frame. */
function jpegSize(view: Buffer): PictureSize | undefined {
  let at = 2;
  while (at + 9 <= view.length && view[at] === 0xff) {
    const marker = view[at + 1] ?? 0;
    if (marker === 0xff) {
      // Bytes may be filled up before a marker.
      at += 1;
    } else if (isFrame(marker)) {
      return { width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) };
    } else {
      const length = view.readUInt16BE(at + 2);
      if (length < 2 || marker === 0xda || marker === 0xd9) return undefined;
      at += 2 + length;
    }
  }
  return undefined;
}
