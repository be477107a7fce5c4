/**
 * @file A body that opens under two keys: what the key commitment is for (FORMAT.md section 3). AES-GCM authenticates
 * with a polynomial over GF(2^128) whose point H comes from the key; with both keys at hand, one block of ciphertext can
 * be solved for, so that one tag fits both.
 */
import { createCipheriv, hkdfSync } from 'node:crypto';

const BLOCK = 16;
const ZERO = new Uint8Array(BLOCK);
/** x^128 + x^7 + x^2 + x + 1 as GCM writes it: the first bit is the coefficient of 1. */
const REDUCTION = 0xe1n << 120n;

const toNumber = (block: Uint8Array): bigint => BigInt(`0x${Buffer.from(block).toString('hex')}`);
const toBlock = (number: bigint): Uint8Array => Buffer.from(number.toString(16).padStart(32, '0'), 'hex');

function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = 127n; bit >= 0n; bit -= 1n) {
    if ((a >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ REDUCTION : shifted >> 1n;
  }
  return product;
}

const ONE = 1n << 127n;

function power(base: bigint, exponent: bigint): bigint {
  let result = ONE;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

const inverse = (a: bigint): bigint => power(a, (1n << 128n) - 2n);

const encryptBlock = (key: Uint8Array, block: Uint8Array): bigint =>
  toNumber(createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(block));

/** H and the mask of the tag, for segment 0 that is also the last. */
function pointAndMask(fileKey: Uint8Array, stream: Uint8Array): { point: bigint; mask: bigint } {
  const counter = Buffer.concat([stream.subarray(33), Buffer.from('000000000100000001', 'hex')]);
  return { point: encryptBlock(fileKey, ZERO), mask: encryptBlock(fileKey, counter) };
}

/** The tag's polynomial over `blocks` and the lengths, without the mask. */
function hash(point: bigint, blocks: readonly bigint[]): bigint {
  const lengths = BigInt(blocks.length * BLOCK * 8);
  return [...blocks, lengths].reduce((sum, block) => multiply(sum ^ block, point), 0n);
}

export type KeyAndId = { dataKey: Uint8Array; id: string };

/**
 * A body of one segment, `count` blocks long, that Tink opens with either data key and id. The last block is solved for,
 * the others are zero; the plaintexts are what they happen to be.
 */
export function bodyForTwo(
  stream: Uint8Array,
  count: number,
  keys: readonly [KeyAndId, KeyAndId],
): Uint8Array {
  const salt = stream.subarray(1, 33);
  const [first, second] = keys.map(({ dataKey, id }) =>
    pointAndMask(new Uint8Array(hkdfSync('sha256', dataKey, salt, id, 32)), stream),
  );
  if (first === undefined || second === undefined) throw new Error('two keys');
  const blocks = Array.from({ length: count }, () => 0n);
  const difference = hash(first.point, blocks) ^ first.mask ^ hash(second.point, blocks) ^ second.mask;
  // The last block stands at the square of the point.
  const weight = power(first.point, 2n) ^ power(second.point, 2n);
  blocks[count - 1] = multiply(difference, inverse(weight));
  const tag = hash(first.point, blocks) ^ first.mask;
  return Buffer.concat([stream, ...blocks.map(toBlock), toBlock(tag)]);
}
