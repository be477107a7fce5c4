import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileContent } from '../../shared/envelope.ts';
import { encodeBase64url } from './base64url.ts';
import { parseEnvelope, serialiseEnvelope } from './codec.ts';
import { newEntry, readEntry } from './entries.ts';
import { hideContent } from './hidden.ts';
import { readJson } from './json.ts';
import { toName } from './names.ts';
import {
  parseText,
  sampleEntries,
  sampleEnvelope,
  sampleId,
  sampleKey,
  sampleText,
} from './sample.fixture.ts';
import { formatTime } from './time.ts';

const text = sampleText();

const content: fc.Arbitrary<FileContent> = fc.record({
  kind: fc.constantFrom('file', 'folder'),
  name: fc.string({ unit: 'binary', maxLength: 80 }).map(toName),
  size: fc.maxSafeNat(),
  modified: fc.integer({ min: -7e13, max: 3e14 }).map(formatTime),
  mode: fc.constantFrom('0000', '0644', '0777'),
});
const labels = fc.dictionary(
  fc.stringMatching(/^(?:[0-9]{1,3}|[b-df-z][a-z0-9 _.:/=+@-]{0,9})$/),
  fc.stringMatching(/^[!-~]([ -~]{0,9}[!-~])?$/),
  { maxKeys: 6, noNullPrototype: true },
);
const wrappedBytes = fc.uint8Array({ minLength: 1, maxLength: 400 });
const entry = fc.oneof(
  wrappedBytes.map((wrapped) => newEntry({ ...sampleEntries.kms, wrapped })),
  fc
    .uint8Array({ minLength: 80, maxLength: 80 })
    .map((wrapped) => newEntry({ ...sampleEntries.local, wrapped })),
  fc.jsonValue({ maxDepth: 3 }).map((more) => {
    const text = JSON.stringify({ provider: 'future', 'more ': more }, (_, value: unknown) =>
      typeof value === 'number' ? Math.abs(Math.trunc(value)) % 2 ** 53 : value,
    );
    return readEntry(readJson(text.replaceAll('__proto__', 'proto')));
  }),
  wrappedBytes.map((wrapped) =>
    readEntry(
      new Map([
        ['provider', 'age'],
        ['key', encodeBase64url(wrapped)],
      ]),
    ),
  ),
);

describe('an envelope', () => {
  it('is what was written: parse(serialise(x)) = x, and serialise(parse(t)) = t', () => {
    using key = sampleKey();
    fc.assert(
      fc.property(
        content,
        fc.boolean(),
        labels,
        fc.array(entry, { minLength: 1, maxLength: 5 }),
        (content, hide, context, keys) => {
          const shown = hide ? hideContent(key, sampleId, content) : content;
          const envelope = { ...sampleEnvelope({ content: shown, context }), keys };
          const bytes = serialiseEnvelope(envelope);
          expect(parseEnvelope(bytes)).toEqual(envelope);
          expect(serialiseEnvelope(parseEnvelope(bytes))).toEqual(bytes);
        },
      ),
    );
  });

  it('never makes the reader fail but by a coded error', () => {
    const pieces = fc.array(
      fc.constantFrom('{', '}', '[', ']', ':', ',', '"', '\\', '0', '"a"', 'null', '\uFEFF'),
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), pieces, (at, cut, pieces) => {
        const changed = text.slice(0, at) + pieces.join('') + text.slice(at + cut);
        expect(parseText(changed)).toMatch(/^(accepted|envelope-invalid|envelope-newer)/);
      }),
      { numRuns: 1000 },
    );
  });
});
