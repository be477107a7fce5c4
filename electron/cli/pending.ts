/** @file `envelope keys pending`: envelopes that wait for a KMS key which could not be reached. */
import path from 'node:path';
import { EnvelopeError, type ErrorCode } from '../../shared/errors.ts';
import { addWaiting, type Tried } from '../waiting/add-waiting.ts';
import type { WaitingNote } from '../waiting/note.ts';
import { WaitingList } from '../waiting/waiting-list.ts';
import { displayPath } from './display-path.ts';
import type { CliEngine } from './engine.ts';
import { printable } from './escape.ts';
import { exitCodeOfAll } from './exit-code.ts';
import { explain } from './explain.ts';
import { count, formatTime } from './format.ts';
import type { Session } from './session.ts';

const listOf = ({ home }: CliEngine): WaitingList => new WaitingList(home.places.waitingFolder);

const keysOf = ({ keys }: WaitingNote): string => keys.map(({ key }) => printable(key)).join(', ');

function recordOf({ id, envelope, keys, sealed, tried, problem }: WaitingNote): object {
  return { id, path: envelope, keys: keys.map(({ key }) => key), sealed, tried, problem };
}

export async function listPending(session: Session, cli: CliEngine): Promise<number> {
  const notes = await listOf(cli).all();
  for (const note of notes) {
    session.result(
      `${displayPath(note.envelope)}  waits for ${keysOf(note)} since ${formatTime(note.sealed)}`,
      { state: 'waits', ...recordOf(note) },
    );
    if (!session.json && note.problem !== undefined) session.screen.say(`  ${explain(note.problem)[0]}`);
  }
  const [one] = notes;
  if (one === undefined) session.screen.say('No envelope waits for a key.');
  else session.screen.say('“envelope keys pending --now” tries to add the keys.');
  return 0;
}

/** Tries them all. The exit code tells what those that still wait have in common. */
export async function addPending(session: Session, cli: CliEngine): Promise<number> {
  const problems: ErrorCode[] = [];
  let added = 0;
  const onTried = (tried: Tried): void => {
    const { note, changed } = tried;
    if (tried.state === 'added') {
      added += 1;
      const at = changed?.envelope ?? note.envelope;
      session.result(`added ${displayPath(at)}`, {
        state: 'added',
        id: note.id,
        path: at,
        keys: changed?.keys,
      });
      return;
    }
    if (note.problem !== undefined) problems.push(note.problem.code);
    if (session.json) session.result('', { state: 'waits', ...recordOf(note) });
    const [what = '', ...more] = note.problem === undefined ? [] : explain(note.problem);
    session.screen.warn(`still waits ${displayPath(note.envelope)}: ${what}`);
    for (const line of more) session.screen.warn(`  ${line}`);
  };
  const waiting = await addWaiting(cli.engine, listOf(cli), { signal: session.signal, onTried });
  if (waiting === undefined) {
    session.screen.warn('Another process is adding keys at this moment.');
    return 1;
  }
  const got = `${count(added, 'envelope')} got ${added === 1 ? 'its key' : 'their keys'}`;
  session.screen.say(`${got}, ${waiting} still ${waiting === 1 ? 'waits' : 'wait'}.`);
  return exitCodeOfAll(problems);
}

/** @throws EnvelopeError `usage` unless `which`, a path or an id, waits */
export async function dropPending(
  session: Session,
  cli: CliEngine,
  which: readonly string[],
): Promise<number> {
  const list = listOf(cli);
  const notes = await list.all();
  const meant = which.map((one) => {
    const note = notes.find(({ id, envelope }) => id === one || envelope === path.resolve(one));
    if (note !== undefined) return note;
    throw new EnvelopeError('usage', 'it does not wait', {
      reason: `“${printable(one)}” does not wait for a key.`,
    });
  });
  for (const note of meant) {
    await list.drop(note.id);
    session.result(`dropped ${displayPath(note.envelope)}`, { state: 'dropped', ...recordOf(note) });
  }
  session.screen.say(
    'The envelopes stay as they are: the key of this computer opens them, and no KMS key is added.',
  );
  return 0;
}
