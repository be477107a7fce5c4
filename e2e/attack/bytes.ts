/** @file Changes of bytes, whatever they mean. Each gives a new buffer. */

export type Random = () => number;

/** A whole number from 0 to `below`, not included. */
export const pick = (random: Random, below: number): number => Math.floor(random() * below);
export const oneOf = <T>(random: Random, all: readonly T[]): T => {
  const chosen = all[pick(random, all.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
};

export type ByteChange = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const part = (bytes: Buffer, random: Random): [from: number, to: number] => {
  const from = pick(random, bytes.length);
  return [from, from + 1 + pick(random, Math.min(64, bytes.length - from))];
};

function changed(bytes: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = byte;
  return copy;
}

export const byteChanges: Readonly<Record<string, ByteChange>> = {
  'a bit flipped': (bytes, random) => {
    const at = pick(random, bytes.length);
    return changed(bytes, at, (bytes[at] ?? 0) ^ (1 << pick(random, 8)));
  },
  'a byte set': (bytes, random) => changed(bytes, pick(random, bytes.length), pick(random, 256)),
  'cut short': (bytes, random) => bytes.subarray(0, pick(random, bytes.length)),
  'cut at the front': (bytes, random) => bytes.subarray(1 + pick(random, bytes.length)),
  'bytes left out': (bytes, random) => {
    const [from, to] = part(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  'bytes twice': (bytes, random) => {
    const [from, to] = part(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  'bytes put in': (bytes, random) => {
    const at = pick(random, bytes.length);
    const noise = Buffer.from(Array.from({ length: 1 + pick(random, 16) }, () => pick(random, 256)));
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
  'zeros over bytes': (bytes, random) => {
    const [from, to] = part(bytes, random);
    return Buffer.from(bytes).fill(0, from, to);
  },
  'something at the end': (bytes, random) => Buffer.concat([bytes, Buffer.alloc(1 + pick(random, 40), 0x20)]),
  'the rest of another': (bytes, random, other) => {
    const at = pick(random, Math.min(bytes.length, other.length));
    return Buffer.concat([bytes.subarray(0, at), other.subarray(at)]);
  },
  'another altogether': (_bytes, _random, other) => other,
};
