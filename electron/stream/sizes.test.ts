import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEADER_BYTES } from './header.ts';
import { bodyLength, MAX_SEGMENTS, plaintextLength, S, segmentAt, segmentCount, TAG_BYTES } from './sizes.ts';

const FIRST = S - HEADER_BYTES - TAG_BYTES;
const FULL = S - TAG_BYTES;
const LARGEST = FIRST + (MAX_SEGMENTS - 1) * FULL;

/** A plaintext length close to where a segment ends. */
const nearBoundary = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: MAX_SEGMENTS - 2 })),
    fc.integer({ min: -60, max: 60 }),
  )
  .map(([segments, off]) => Math.max(0, FIRST + segments * FULL + off));
const anyLength = fc.oneof(
  nearBoundary,
  fc.integer({ min: 0, max: LARGEST }),
  fc.integer({ min: 0, max: 200 }),
);

describe('sizes of section 1', () => {
  it.each([
    [0, 1, 56],
    [1, 1, 57],
    [FIRST - 1, 1, S - 1],
    [FIRST, 1, S],
    [FIRST + 1, 2, S + 17],
    [FIRST + FULL, 2, 2 * S],
    [FIRST + FULL + 1, 3, 2 * S + 17],
    [LARGEST, MAX_SEGMENTS, MAX_SEGMENTS * S],
  ])('%d plaintext bytes are %d segments and a body of %d bytes', (n, k, F) => {
    expect(segmentCount(n)).toBe(k);
    expect(bodyLength(n)).toBe(F);
    expect(plaintextLength(F)).toBe(n);
  });

  it.each([
    ['nothing', 0],
    ['a header cut short', 39],
    ['a header alone', 40],
    ['a tag cut short', 55],
    ['F mod S = 1', S + 1],
    ['F mod S = 16, an empty last segment after a full one', S + 16],
    ['F mod S = 1, later', 7 * S + 1],
    ['more than 2^31 segments', MAX_SEGMENTS * S + 17],
    ['a fraction', 57.5],
    ['less than nothing', -56],
    ['not a number', Number.NaN],
  ])('%s is no body', (_, F) => {
    expect(plaintextLength(F)).toBeUndefined();
  });

  it('F mod S = 17 is a last segment of one byte', () => {
    expect(plaintextLength(S + 17)).toBe(FIRST + 1);
  });

  it('refuses more than 2^31 segments', () => {
    expect(() => bodyLength(LARGEST + 1)).toThrow(expect.objectContaining({ code: 'source-too-large' }));
  });

  it('refuses what is no length', () => {
    for (const n of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => segmentCount(n)).toThrow(RangeError);
    }
  });

  it('are inverses', () => {
    fc.assert(
      fc.property(anyLength, (n) => {
        expect(plaintextLength(bodyLength(n))).toBe(n);
      }),
    );
  });

  it('are inverses from the body too: of all lengths around a boundary, exactly the possible ones are a body', () => {
    const window = 40;
    fc.assert(
      fc.property(anyLength, (n) => {
        const around = Array.from({ length: 2 * window + 1 }, (_, i) => n - window + i);
        const bodies = around.filter((m) => m >= 0 && m <= LARGEST).map((m) => bodyLength(m));
        const [first = 0, last = 0] = [bodies[0], bodies.at(-1)];
        const lengths = Array.from({ length: last - first + 1 }, (_, i) => first + i);
        expect(lengths.filter((F) => plaintextLength(F) !== undefined)).toEqual(bodies);
      }),
    );
  });
});

describe('segmentAt', () => {
  it('cuts plaintext and body into adjoining pieces, all full but the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 64, max: 128 }), (n, segmentSize) => {
        const k = segmentCount(n, segmentSize);
        const segments = Array.from({ length: k }, (_, index) => segmentAt(n, index, segmentSize));
        const end = { plain: 0, sealed: HEADER_BYTES };
        for (const { index, last, plain, sealed } of segments) {
          expect({ plain: plain.offset, sealed: sealed.offset }).toEqual(end);
          end.plain += plain.length;
          end.sealed += sealed.length;
          expect(sealed.length).toBe(plain.length + TAG_BYTES);
          expect(last).toBe(index === k - 1);
          expect(end.sealed === (index + 1) * segmentSize || last).toBe(true);
          expect(plain.length > 0 || n === 0).toBe(true);
        }
        expect(end).toEqual({ plain: n, sealed: bodyLength(n, segmentSize) });
      }),
    );
  });

  it('knows the last of 2^31 segments', () => {
    const { last, plain, sealed } = segmentAt(LARGEST, MAX_SEGMENTS - 1);
    expect(last).toBe(true);
    expect(plain).toEqual({ offset: LARGEST - FULL, length: FULL });
    expect(sealed).toEqual({ offset: (MAX_SEGMENTS - 1) * S, length: S });
  });

  it('has no segment before the first or after the last', () => {
    for (const index of [-1, 1, 0.5]) expect(() => segmentAt(5, index)).toThrow(RangeError);
  });
});
