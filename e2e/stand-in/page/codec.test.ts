import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decode, encode } from './codec.ts';

it('refuses what structured cloning refuses', () => {
  expect(() => encode(() => 1)).toThrow(/could not be cloned/);
  expect(() => encode({ key: Symbol('x') })).toThrow(/could not be cloned/);
});

it('says what it does not carry', () => {
  expect(() => encode(/x/)).toThrow('stand-in: a RegExp over IPC is not implemented');
  expect(() => encode([new Float64Array(1)])).toThrow('stand-in: a Float64Array over IPC is not implemented');
});

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: false,
  withNullPrototype: false,
});

it('brings back what was sent, with its type', () => {
  fc.assert(
    fc.property(anything, fc.uint8Array(), (value, bytes) => {
      const sent = { value, bytes };
      expect(decode(encode(sent))).toEqual(structuredClone(sent));
    }),
  );
});

it('keeps a property that is undefined, and the sign of zero', () => {
  const back = decode(encode({ none: undefined, zero: -0 })) as { zero: number };
  expect(Object.keys(back)).toEqual(['none', 'zero']);
  expect(Object.is(back.zero, -0)).toBe(true);
});

it('carries what is plain as plain JSON, and only that', () => {
  expect(encode([{ id: 'a', size: 1 }])).toBe('=[{"id":"a","size":1}]');
  const sparse = Object.assign([], { length: 2 });
  for (const value of [sparse, undefined, -0, NaN, 1n, new Date(0), { a: [new Map()] }]) {
    expect(encode([value])).not.toMatch(/^=/);
  }
  fc.assert(
    fc.property(anything, (value) => {
      expect(decode(encode(value))).toEqual(structuredClone(value));
    }),
  );
});
