/** @file Sealing again with a new data key: what was opened with the old one is opened with it no more (FORMAT.md 5). */
import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Note } from '../../shared/notes.ts';
import { type FileIdentity, identityOf, unchanged } from '../files/identity.ts';
import { inTurn } from '../files/in-turn.ts';
import { ioErrors } from '../files/io-error.ts';
import { finalNames } from '../files/pair.ts';
import { needSpace } from '../files/space.ts';
import { ENVELOPE_SUFFIX } from '../files/stem.ts';
import { copyWebMark } from '../files/web-mark.ts';
import type { ApproveAccount } from '../keys/accounts.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { RunOptions } from '../stream/job.ts';
import type { Asked } from './ask-keys.ts';
import { MAX_ENVELOPE_BYTES, parseEnvelope } from './codec.ts';
import type { Engine } from './engine.ts';
import { isKnown } from './entries.ts';
import { parseMode } from './mode.ts';
import { type Owned, PartialPair } from './partial-pair.ts';
import { readBack } from './read-back.ts';
import { type EnvelopeFile, readEnvelopeBytes, readEnvelopeFile } from './read.ts';
import { Sealing } from './sealing.ts';
import { parseTime } from './time.ts';
import { type Unlocked, unlock } from './unlock.ts';
import { checkStillThere } from './verify.ts';
import { stat } from '../files/fs.ts';

export type ResealRequest = {
  /** All of the user's own choice: nothing is taken over from the envelope. */
  keys: readonly KeyRef[];
  approveAccount?: ApproveAccount | undefined;
  /** Waited for right before the new pair takes the place of the old one, with the ids of both. */
  onReplace?: ((ids: { from: string; to: string }) => Promise<void>) | undefined;
};

export type Resealed = {
  envelope: string;
  body: string;
  /** The ids of the old pair and of the new one. */
  from: string;
  to: string;
  name: string;
  /** Plaintext bytes. */
  size: number;
  /** Keys of the new envelope that the old one did not name, and the other way round. */
  added: string[];
  removed: string[];
  requestIds: string[];
  notes: readonly Note[];
};

/** The old pair, as it must still be when it is replaced. */
type Old = {
  file: EnvelopeFile;
  unlocked: Unlocked;
  identity: FileIdentity;
  like: { body: Owned; envelope: Owned };
};

/**
 * Opens a pair and seals what is in it again, under a new data key and id, in its place. Segment by segment: plaintext is
 * nowhere but in the memory of the worker threads. The new pair is read back and verified under temporary names before it
 * replaces the old one; until then a cancel is obeyed, and whatever happens the old pair or the new one is there. Name,
 * time, permissions and labels of the content stay; a hidden name stays hidden.
 * @throws EnvelopeError every code of `unlock`; `pair-apart`; of the keys that wrap; `body-altered` with
 *   `details.offset`; `archive-invalid`; `envelope-changed`, `source-changed` if somebody else wrote to the pair
 *   meanwhile; `disk-full`, `target-…`, `io-failed`, `cancelled`
 */
export async function reseal(
  engine: Engine,
  envelope: string,
  request: ResealRequest,
  options: RunOptions = {},
): Promise<Resealed> {
  const real = await ioErrors('source', envelope, async () => await realpath(envelope));
  const folder = path.dirname(real);
  const file = await readEnvelopeFile(real);
  await using unlocked = await unlock(engine.keyring, file, {
    signal: options.signal,
    approveAccount: request.approveAccount,
    beforeKeys: async (body) => {
      await checkTogether(real, body.path);
      await needSpace(folder, body.length + MAX_ENVELOPE_BYTES);
    },
  });
  const old = await lookAt(file, unlocked);
  return await resealUnlocked(engine, old, request, options);
}

/** Whether the halves have one name in one folder, links followed: two renames replace them. @throws `pair-apart` */
export async function checkTogether(envelope: string, body: string): Promise<void> {
  const folder = path.dirname(envelope);
  const expected = finalNames(folder, path.basename(envelope, ENVELOPE_SUFFIX));
  const found = await ioErrors('source', body, async () => await realpath(body));
  if (expected.envelope === envelope && expected.body === found) return;
  throw new EnvelopeError('pair-apart', 'the halves of the pair are not together', {
    envelope,
    body: path.basename(found),
  });
}

async function lookAt(file: EnvelopeFile, unlocked: Unlocked): Promise<Old> {
  const { body } = unlocked;
  return await ioErrors('source', body.path, async () => {
    const stats = await body.handle.stat({ bigint: true });
    return {
      file,
      unlocked,
      identity: identityOf(stats),
      like: { body: owned(await body.handle.stat()), envelope: owned(await stat(file.path)) },
    };
  });
}

const owned = ({ mode, uid, gid }: { mode: number; uid: number; gid: number }): Owned => ({ mode, uid, gid });

async function resealUnlocked(
  engine: Engine,
  old: Old,
  request: ResealRequest,
  options: RunOptions,
): Promise<Resealed> {
  const { file, unlocked } = old;
  const { signal } = options;
  const { content } = unlocked;
  const { header: before } = file.envelope;
  const described = { ...content, modifiedMs: parseTime(content.modified), mode: parseMode(content.mode) };
  const id = randomUUID();
  using sealing = await Sealing.prepare(engine.keyring, described, {
    id,
    keys: request.keys,
    labels: before.context,
    hideNames: 'hidden' in before.content,
    signal,
  });
  await using pair = await PartialPair.create(engine.journal, path.dirname(file.path), id);
  await writeBody(engine, old, sealing, pair, options);
  await pair.finishWriting(sealing.envelope, described.mode, old.like);
  const asked = await readBack(engine, pair, sealing, content, signal);
  refuseUntried(asked);
  const notes = await markNotes(old, pair);
  // Two of this process must not both find the old pair unchanged.
  const named = await inTurn(file.path, async () => {
    await checkUnchanged(old);
    // Some systems do not replace an open file.
    await unlocked.body.handle.close();
    await request.onReplace?.({ from: before.id, to: id });
    return await pair.giveNames(path.basename(file.path, ENVELOPE_SUFFIX), 'replace', signal);
  });
  if (named === undefined) throw new Error('a pair that replaces another is always named');
  const why = await engine.copies.keep(sealing.stream, sealing.envelope);
  if (why !== undefined) notes.push({ code: 'copy-not-kept', why });
  return {
    envelope: named.envelope,
    body: named.body,
    from: before.id,
    to: id,
    name: content.name,
    size: content.size,
    ...differenceOf(file, sealing),
    requestIds: [...unlocked.requestIds, ...sealing.requestIds, ...asked.requestIds],
    notes,
  };
}

/** The old pair is the only copy there is: it goes only for one that a key was seen to open. */
function refuseUntried({ state, error }: Asked): void {
  if (state !== 'untried') return;
  if (error !== undefined) throw EnvelopeError.fromRecord(error);
  throw new EnvelopeError('no-key-tried', 'none of the new keys can be tried here', { attempts: [] });
}

async function writeBody(
  engine: Engine,
  { unlocked }: Old,
  sealing: Sealing,
  pair: PartialPair,
  options: RunOptions,
): Promise<void> {
  const { body, stream: oldHeader, fileKey: oldKey } = unlocked;
  const { stream: header, fileKey } = sealing;
  const source = { fd: body.handle.fd, length: body.length };
  await engine.pool.run(
    { kind: 'reseal', body: source, oldHeader, oldKey, header, fileKey, target: pair.body.fd },
    options,
  );
  await checkStillThere(unlocked);
}

/** What was downloaded stays known as that. */
async function markNotes({ file, unlocked }: Old, { paths }: PartialPair): Promise<Note[]> {
  const marked = [
    await copyWebMark([unlocked.body.path], paths.body),
    await copyWebMark([file.path], paths.envelope),
  ];
  return marked.every(Boolean) ? [] : [{ code: 'web-mark-not-set' }];
}

/** @throws EnvelopeError `envelope-changed`, `source-changed` */
async function checkUnchanged({ file, unlocked: { body }, identity }: Old): Promise<void> {
  const bytes = await readEnvelopeBytes(file.path);
  if (Buffer.compare(bytes, file.bytes) !== 0) {
    throw new EnvelopeError('envelope-changed', 'the envelope was changed by somebody else meanwhile', {
      envelope: file.path,
    });
  }
  const now = await ioErrors('source', body.path, async () =>
    identityOf(await stat(body.path, { bigint: true })),
  );
  if (unchanged(identity, now)) return;
  throw new EnvelopeError('source-changed', 'the body changed while it was sealed again', {
    path: body.path,
  });
}

function differenceOf({ envelope }: EnvelopeFile, { envelope: bytes }: Sealing) {
  const namesIn = (keys: typeof envelope.keys) => [...new Set(keys.filter(isKnown).map(({ key }) => key))];
  const [before, after] = [namesIn(envelope.keys), namesIn(parseEnvelope(bytes).keys)];
  return {
    added: after.filter((key) => !before.includes(key)),
    removed: before.filter((key) => !after.includes(key)),
  };
}
