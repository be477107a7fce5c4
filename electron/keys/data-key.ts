import { randomFillSync } from 'node:crypto';
import { EnvelopeError } from '../../shared/errors.ts';

/** Bytes of a data key K (FORMAT.md, words). */
export const DATA_KEY_BYTES = 32;

/**
 * The plain data key K of one file, held as briefly as possible: `using key = …` zero-fills it on every way out.
 * The bytes must not be copied except into a call that wraps or derives.
 */
export class DataKey implements Disposable {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #wiped = false;

  private constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes;
  }

  /** A fresh key from the operating system's random generator. */
  static generate(): DataKey {
    return new DataKey(randomFillSync(new Uint8Array(DATA_KEY_BYTES)));
  }

  /**
   * Takes `source` over: its bytes are copied and `source` is zero-filled, whatever happens.
   * @throws EnvelopeError `key-damaged` unless it is exactly 32 bytes (FORMAT.md section 3, step 3)
   */
  static take(source: Uint8Array): DataKey {
    try {
      if (source.length !== DATA_KEY_BYTES) {
        throw new EnvelopeError('key-damaged', 'a data key is 32 bytes', { length: source.length });
      }
      return new DataKey(Uint8Array.from(source));
    } finally {
      source.fill(0);
    }
  }

  /** The 32 bytes, not a copy. Using a wiped key is a bug. */
  get bytes(): Uint8Array<ArrayBuffer> {
    if (this.#wiped) throw new Error('data key used after it was wiped');
    return this.#bytes;
  }

  /** Zero-fills the key; more than once is harmless. */
  wipe(): void {
    this.#bytes.fill(0);
    this.#wiped = true;
  }

  [Symbol.dispose](): void {
    this.wipe();
  }
}
