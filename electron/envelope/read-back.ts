import type { FileContent } from '../../shared/envelope.ts';
import { bodyLength } from '../stream/sizes.ts';
import { type Asked, askKeys } from './ask-keys.ts';
import type { Engine } from './engine.ts';
import type { PartialPair } from './partial-pair.ts';
import type { Sealing } from './sealing.ts';

/**
 * Reads a pair back under its temporary names: the envelope to the byte, every segment of the body. Then its keys are
 * asked whether they open it.
 * @throws EnvelopeError `io-failed`, `body-altered` for what the disk gave back; those of {@link askKeys}
 */
export async function readBack(
  engine: Engine,
  pair: PartialPair,
  sealing: Sealing,
  { kind, size }: Pick<FileContent, 'kind' | 'size'>,
  signal?: AbortSignal,
): Promise<Asked> {
  await pair.confirmEnvelope(sealing.envelope);
  const body = { fd: pair.body.fd, length: bodyLength(size) };
  const keyed = { header: sealing.stream, fileKey: sealing.fileKey };
  if (kind === 'folder') await engine.pool.run({ kind: 'extract', body, mask: 0, ...keyed }, { signal });
  else await engine.pool.run({ kind: 'open', body, ...keyed }, { signal });
  return await askKeys(engine.keyring, sealing.envelope, signal);
}
