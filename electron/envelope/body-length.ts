import type { FileContent, Header } from '../../shared/envelope.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { plaintextLength } from '../stream/sizes.ts';

/** A body as far as its length tells: `length` is F, in bytes. */
export type MeasuredBody = { path: string; length: number };

/**
 * Step 2 of FORMAT.md section 3: F is possible and, unless the content is hidden, what `size` demands. No key is needed.
 * @throws EnvelopeError `body-cut-short`, `body-altered`
 */
export function checkBodyLength({ content }: Header, body: MeasuredBody): void {
  if ('hidden' in content) holds(body);
  else checkSize(content, body);
}

/**
 * F is what `size` demands (steps 2 and 5). Asked the other way round, n of F against `size`: a hostile `size` demands
 * bodies that cannot be.
 * @throws EnvelopeError `body-cut-short`, `body-altered`
 */
export function checkSize({ size }: FileContent, body: MeasuredBody): void {
  const n = holds(body);
  if (n === size) return;
  const code = n < size ? 'body-cut-short' : 'body-altered';
  const { path, length } = body;
  throw new EnvelopeError(code, 'the body has not the length that its envelope demands', {
    body: path,
    length,
    missing: size - n,
  });
}

/** n, the plaintext bytes of a body of this length. */
function holds({ path, length }: MeasuredBody): number {
  const n = plaintextLength(length);
  if (n !== undefined) return n;
  throw new EnvelopeError('body-cut-short', 'no body has this length', { body: path, length });
}
