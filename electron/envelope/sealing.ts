import { randomBytes } from 'node:crypto';
import type { FileContent, Header, Labels } from '../../shared/envelope.ts';
import type { Plain as OpenedPlain } from '../files/plain.ts';
import type { DataKey } from '../keys/data-key.ts';
import type { Keyring, KeyRef } from '../keys/keyring.ts';
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

export type SealingOptions = {
  id: string;
  keys: readonly KeyRef[];
  labels: Labels;
  hideNames: boolean;
  signal?: AbortSignal | undefined;
};

/** What of a plaintext goes into its envelope. */
type Plain = Pick<OpenedPlain, 'kind' | 'name' | 'size' | 'modifiedMs' | 'mode'>;

function headerOf(plain: Plain, options: SealingOptions, stream: Uint8Array, dataKey: DataKey): Header {
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

  private constructor(
    envelope: Uint8Array,
    stream: Uint8Array,
    fileKey: Uint8Array,
    requestIds: readonly string[],
  ) {
    this.envelope = envelope;
    this.stream = stream;
    this.fileKey = fileKey;
    this.requestIds = requestIds;
  }

  /**
   * A new data key, wrapped by every key chosen (FORMAT.md section 5, step 1), and the whole envelope of `plain`.
   * @throws EnvelopeError what the first key that refuses says; `cancelled`
   */
  static async prepare(keyring: Keyring, plain: Plain, options: SealingOptions): Promise<Sealing> {
    const { id, labels, signal } = options;
    const made = await keyring.makeKey(options.keys, encryptionContext({ id, context: labels }), { signal });
    using dataKey = made.dataKey;
    const stream = writeStreamHeader(commitmentSalt(dataKey, id), randomBytes(PREFIX_BYTES));
    const header = headerOf(plain, options, stream, dataKey);
    const envelope = serialiseEnvelope({
      header,
      mac: macOf(dataKey, header),
      keys: made.entries.map(newEntry),
    });
    return new Sealing(envelope, stream, fileKeyOf(dataKey, id, stream), made.requestIds);
  }

  [Symbol.dispose](): void {
    this.fileKey.fill(0);
  }
}
