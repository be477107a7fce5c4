/** @file `envelope copies`: the store of copies, and what can be done with it. */
import { copiesOf } from '../../shared/settings.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { addCopiesOf } from '../copies/add.ts';
import { moveCopies } from '../copies/move.ts';
import { clearCopies, copiesState, pruneCopies, type Removed } from '../copies/store.ts';
import { givenPath } from '../files/given-path.ts';
import type { CopiesOptions } from './commands/copies.ts';
import { displayPath } from './display-path.ts';
import { FAILED } from './exit-code.ts';
import { explain } from './explain.ts';
import { count, formatSize, formatTime } from './format.ts';
import type { Home } from './home.ts';
import { noteText } from './note-text.ts';
import type { Session } from './session.ts';

/** What was asked for, in this order; then, if nothing else was, how things are. */
export async function manageCopies(
  session: Session,
  home: Home,
  options: CopiesOptions,
): Promise<number | undefined> {
  await change(home, options);
  if (options.moveTo !== undefined || options.moveBack === true) await move(session, home, options);
  const failed = await add(session, home, options.add ?? []);
  if (options.clear === true) await clear(session, home, options.yes === true);
  if (options.prune === true) {
    const removed = await pruneCopies(await home.settings.load(), home.places, session.signal);
    sayRemoved(session, removed);
  }
  await state(session, home);
  return failed > 0 ? FAILED : undefined;
}

/** The settings that were given. */
async function change({ settings, copies }: Home, { on, off, limit }: CopiesOptions): Promise<void> {
  if (on !== true && off !== true && limit === undefined) return;
  await settings.update((now) => {
    const before = copiesOf(now);
    const keep = on === true ? true : off === true ? false : before.keep;
    return { ...now, copies: { ...before, keep, megabytes: limit ?? before.megabytes } };
  });
  copies.forget();
}

async function move(session: Session, home: Home, { moveTo }: CopiesOptions): Promise<void> {
  const to = moveTo === undefined ? undefined : await givenPath(moveTo, 'target');
  const moved = await moveCopies(home, to, {
    signal: session.signal,
    onProgress: ({ copies, all }) => session.screen.show(`Moving copies: ${copies} of ${all}`),
  });
  session.screen.show('');
  session.screen.say(`Moved ${count(moved.copies, 'copy', 'copies')} to ${displayPath(moved.place)}.`);
}

async function add(session: Session, home: Home, paths: readonly string[]): Promise<number> {
  let [kept, there, failed] = [0, 0, 0];
  if (paths.length > 0 && !(await home.copies.config()).keep) {
    throw new EnvelopeError('usage', 'no copies are kept', {
      reason: 'The settings say that no copies are kept; add --on to keep them.',
    });
  }
  for (const given of paths) {
    for await (const one of addCopiesOf(await givenPath(given, 'source'), home.copies, session.signal)) {
      if (one.state === 'kept') kept += 1;
      if (one.state === 'there') there += 1;
      if (one.state !== 'failed') continue;
      failed += 1;
      const [why = ''] =
        typeof one.why === 'string' ? [noteText({ code: 'copy-not-kept', why: one.why })] : explain(one.why);
      session.screen.warn(`failed ${displayPath(one.path)}: ${why}`);
    }
  }
  if (paths.length > 0) {
    session.screen.say(`Added ${count(kept, 'copy', 'copies')}; ${there} were there already.`);
  }
  return failed;
}

async function clear(session: Session, home: Home, yes: boolean): Promise<void> {
  if (!yes) {
    const question = 'Lost envelopes could not be restored any more. Remove all copies?';
    if (session.prompt === undefined) {
      throw new EnvelopeError('usage', 'nobody agreed to it', {
        reason: 'Nobody is there to be asked whether all copies shall go, so add --yes if that is wanted.',
      });
    }
    if (!(await session.prompt.confirm(question))) throw new EnvelopeError('cancelled', 'it was declined');
  }
  sayRemoved(session, await clearCopies(await home.settings.load(), home.places, session.signal));
}

function sayRemoved({ screen }: Session, { count: many, bytes }: Removed): void {
  screen.say(`Removed ${count(many, 'copy', 'copies')}, ${formatSize(bytes)}.`);
}

async function state(session: Session, home: Home): Promise<void> {
  const now = await copiesState(await home.settings.load(), home.places, session.signal);
  const lines = [
    now.keep ? 'A copy of every envelope is kept.' : 'No copies are kept of new envelopes.',
    `  copies   ${now.count}, ${formatSize(now.bytes)} of at most ${formatSize(now.megabytes * 1_000_000)}`,
    `  folder   ${displayPath(now.place)}${now.isThere || now.isOwn ? '' : ', which is not there now'}`,
  ];
  if (now.oldest !== undefined && now.newest !== undefined) {
    lines.push(`  kept     ${formatTime(now.oldest)} to ${formatTime(now.newest)}`);
  }
  session.result(lines.join('\n'), now);
}
