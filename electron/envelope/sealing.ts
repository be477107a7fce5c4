import { randomBytes } from 'node:crypto';
import type { FileContent, Header, Labels } from '../../shared/envelope.ts';
import type { Plain } from '../files/plain.ts';
import type { DataKey } from '../keys/data-key.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';
import type { MadeKey, MayWait } from '../keys/make-key.ts';
import { PREFIX_BYTES, writeStreamHeader } from '../stream/header.ts';
import { newEntry } from './entries.ts';
import { encodeBase64url } from './base64url.ts';
import { serialiseEnvelope } from './codec.ts';
import { encryptionContext } from './context.ts';
import { commitmentSalt, fileKeyOf, macOf } from './derive.ts';
import { CIPHER } from './header.ts';
import { hideContent } from './hidden.ts';
import { formatMode } from './mode.ts';
import { formatTime } from './time.ts';

/** What an envelope says of what is in it. */
export type Described = Pick<Plain, 'kind' | 'name' | 'size' | 'modifiedMs' | 'mode'>;

export type SealingOptions = {
  id: string;
  keys: readonly KeyRef[];
  labels: Labels;
  hideNames: boolean;
  /** Asked about a chosen KMS key that cannot be reached; without it that ends the job. */
  mayWait?: MayWait | undefined;
  signal?: AbortSignal | undefined;
};

function headerOf(plain: Described, options: SealingOptions, stream: Uint8Array, dataKey: DataKey): Header {
  const content: FileContent = {
    kind: plain.kind,
    name: plain.name,
    size: plain.size,
    modified: formatTime(plain.modifiedMs),
    mode: formatMode(plain.mode),
  };
  return {
    id: options.id,
    created: formatTime(Date.now()),
    cipher: CIPHER,
    stream: encodeBase64url(stream),
    content: options.hideNames ? hideContent(dataKey, options.id, content) : content,
    context: { ...options.labels },
  };
}

/** What a body is sealed with once its envelope is written down. The data key is gone by then. */
export class Sealing implements Disposable {
  /** The envelope's bytes as they go to disk. */
  readonly envelope: Uint8Array;
  /** The body's first 40 bytes. */
  readonly stream: Uint8Array;
  readonly fileKey: Uint8Array;
  readonly requestIds: readonly string[];
  /** The keys of its entries. */
  readonly keys: readonly string[];
  /** Chosen keys without an entry yet, and the key that stands in for them. */
  readonly waiting: readonly KeyRef[];
  readonly standIn: string | undefined;

  private constructor(envelope: Uint8Array, stream: Uint8Array, fileKey: Uint8Array, made: MadeKey) {
    this.envelope = envelope;
    this.stream = stream;
    this.fileKey = fileKey;
    this.requestIds = made.requestIds;
    this.keys = made.entries.map(({ key }) => key);
    this.waiting = made.waiting;
    this.standIn = made.standIn;
  }

  /**
   * A new data key, wrapped by every key chosen (FORMAT.md section 5, step 1), and the whole envelope of `plain`.
   * @throws EnvelopeError what the first key that refuses says; `cancelled`
   */
  static async prepare(keyring: Keyring, plain: Described, options: SealingOptions): Promise<Sealing> {
    const { id, labels, signal, mayWait } = options;
    const made = await keyring.makeKey(options.keys, encryptionContext({ id, context: labels }), {
      signal,
      mayWait,
    });
    using dataKey = made.dataKey;
    const stream = writeStreamHeader(commitmentSalt(dataKey, id), randomBytes(PREFIX_BYTES));
    const header = headerOf(plain, options, stream, dataKey);
    const envelope = serialiseEnvelope({
      header,
      mac: macOf(dataKey, header),
      keys: made.entries.map(newEntry),
    });
    return new Sealing(envelope, stream, fileKeyOf(dataKey, id, stream), made);
  }

  [Symbol.dispose](): void {
    this.fileKey.fill(0);
  }
}
