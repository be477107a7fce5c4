/** @file Reads the code of a sheet from a picture of it. */
import { decodeQR } from 'qr/decode.js';
import { EnvelopeError } from '../../shared/errors.ts';

/** Pixels of four bytes: blue, green, red, opacity. */
export type Picture = { width: number; height: number; pixels: Uint8Array };

/** Milliseconds that a hard picture may take. */
const PATIENCE = 5_000;

/**
 * The text of the code in a picture, whatever it says.
 * @throws EnvelopeError `picture-no-code` if no code is found in it
 */
export function scan({ width, height, pixels }: Picture): string {
  try {
    const options = { format: 'BGRX', effort: Infinity, timeLimit: PATIENCE } as const;
    return decodeQR({ width, height, data: pixels }, options);
  } catch {
    // Without the cause: what a decoder says of half a secret is nobody's business.
    throw new EnvelopeError('picture-no-code', 'there is no code to be found in the picture');
  }
}
