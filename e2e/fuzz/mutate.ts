/** @file New inputs from old ones. */
import { byteChanges, oneOf, pick, type Random } from '../attack/bytes.ts';

type Change = (bytes: Buffer, random: Random, other: Buffer, words: readonly string[]) => Buffer;

/** Longer inputs find nothing that shorter ones do not, and slow everything down. */
const MOST_BYTES = 16_384;

const at = (bytes: Buffer, from: number, to: number, put: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(to)]);

const changes: readonly Change[] = [
  ...Object.values(byteChanges),
  (bytes, random, _other, words) => {
    const from = pick(random, bytes.length + 1);
    return at(bytes, from, from, Buffer.from(oneOf(random, words), 'latin1'));
  },
  (bytes, random, _other, words) => {
    const word = Buffer.from(oneOf(random, words), 'latin1');
    const from = pick(random, bytes.length + 1);
    return at(bytes, from, Math.min(bytes.length, from + word.length), word);
  },
  (bytes, random, other) => {
    const from = pick(random, bytes.length + 1);
    const start = pick(random, other.length + 1);
    return at(bytes, from, from, other.subarray(start, start + 1 + pick(random, 600)));
  },
  // A block of a tar archive, or a segment of a small body, moved as a whole.
  (bytes, random) => {
    const size = oneOf(random, [100, 512]);
    const from = size * pick(random, Math.ceil(bytes.length / size));
    const block = bytes.subarray(from, from + size);
    const rest = at(bytes, from, from + size, Buffer.alloc(0));
    const to = size * pick(random, Math.ceil(rest.length / size) + 1);
    return at(rest, to, to, block);
  },
];

/** One to eight changes of `bytes`, in which parts of `other` and of `words` may turn up. */
export function mutate(
  bytes: Uint8Array,
  random: Random,
  other: Uint8Array,
  words: readonly string[],
): Buffer {
  let changed = Buffer.from(bytes);
  for (let rounds = 2 ** pick(random, 4); rounds > 0; rounds -= 1) {
    // The changes of bytes expect some.
    if (changed.length === 0) changed = Buffer.from(oneOf(random, words), 'latin1');
    changed = Buffer.from(oneOf(random, changes)(changed, random, Buffer.from(other), words));
  }
  return changed.subarray(0, MOST_BYTES);
}
