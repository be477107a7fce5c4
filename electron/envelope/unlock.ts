import type { FileContent } from '../../shared/envelope.ts';
import type { ApproveAccount } from '../keys/accounts.ts';
import type { Keyring } from '../keys/keyring.ts';
import { decodeBase64url } from './base64url.ts';
import { checkBodyLength, checkSize } from './body-length.ts';
import { checkCommitment, checkMac, fileKeyOf } from './derive.ts';
import { revealContent } from './hidden.ts';
import type { FolderIndex } from './folder-index.ts';
import { type Body, findBody } from './locate.ts';
import type { EnvelopeFile } from './read.ts';

export type UnlockOptions = {
  /** The body, where the user said which; else it is found beside the envelope. */
  body?: string | undefined;
  /** Of the batch: a folder is looked at once for all envelopes in it that lack their body. */
  index?: FolderIndex | undefined;
  signal?: AbortSignal | undefined;
  /** Asked before the first call to the KMS of an account that the settings do not name. */
  approveAccount?: ApproveAccount | undefined;
  /** Called once the body is found and its length possible, before any key is asked for: room is planned from F. */
  beforeKeys?: ((body: Body) => Promise<void>) | undefined;
};

/** A pair after steps 1 to 5 of FORMAT.md section 3: everything checked but the segments. */
export class Unlocked implements AsyncDisposable {
  readonly file: EnvelopeFile;
  readonly body: Body;
  /** Verified by the MAC. */
  readonly content: FileContent;
  /** The body's first 40 bytes, as the envelope has them. */
  readonly stream: Uint8Array;
  readonly fileKey: Uint8Array;
  /** The key that opened it, as it stands in the envelope. */
  readonly key: string;
  readonly requestIds: readonly string[];

  constructor(parts: Omit<Unlocked, typeof Symbol.asyncDispose>) {
    this.file = parts.file;
    this.body = parts.body;
    this.content = parts.content;
    this.stream = parts.stream;
    this.fileKey = parts.fileKey;
    this.key = parts.key;
    this.requestIds = parts.requestIds;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.fileKey.fill(0);
    await this.body.handle.close();
  }
}

/**
 * Pairs an envelope with its body and gets its key, in the order of FORMAT.md section 3, steps 2 to 5.
 * The data key is wiped before this returns; the caller disposes the result, which holds the file key.
 * @throws EnvelopeError `body-missing`, `body-foreign`, `body-cut-short`, `body-altered`, `no-key-opens`,
 *   `envelope-altered`, `envelope-invalid` (hidden content), `cancelled`
 */
export async function unlock(
  keyring: Keyring,
  file: EnvelopeFile,
  options: UnlockOptions = {},
): Promise<Unlocked> {
  const { envelope } = file;
  const body = await findBody(file, options.body, options.index);
  try {
    checkBodyLength(envelope.header, body);
    await options.beforeKeys?.(body);
    const stream = decodeBase64url(envelope.header.stream);
    const { dataKey, entry, requestIds } = await keyring.unwrap(envelope, {
      signal: options.signal,
      approveAccount: options.approveAccount,
      accept: (candidate) => {
        checkCommitment(candidate, envelope.header.id, stream);
      },
    });
    using key = dataKey;
    checkMac(key, envelope);
    const { content } = envelope.header;
    const clear = 'hidden' in content ? revealContent(key, envelope.header.id, content) : content;
    checkSize(clear, body);
    return new Unlocked({
      file,
      body,
      content: clear,
      stream,
      fileKey: fileKeyOf(key, envelope.header.id, stream),
      key: entry.key,
      requestIds,
    });
  } catch (error) {
    await body.handle.close();
    throw error;
  }
}
