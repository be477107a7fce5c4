/** @file `envelope locate`: where the other halves are. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import type { Searched } from '../../shared/locate.ts';
import { FolderIndex } from '../envelope/folder-index.ts';
import { givenPath } from '../files/given-path.ts';
import { type Answer, locate, type LocateOptions, type LocateParts } from '../locate/locate.ts';
import { locateIn } from '../locate/locate-in.ts';
import { restoreEnvelope } from '../locate/restore.ts';
import type { LocateCommandOptions } from './commands/locate.ts';
import { displayPath } from './display-path.ts';
import { CliEngine } from './engine.ts';
import { exitCodeOfAll } from './exit-code.ts';
import { count } from './format.ts';
import { readKeyNames } from './key-names.ts';
import { answerLines, missingLines, restoredLine, stateOf } from './locate-text.ts';
import type { Session } from './session.ts';

/** Milliseconds between two looks of the progress line. */
const LIVE_MS = 100;

/** One run: what it looks with, and what could not be found. */
type Looking = {
  session: Session;
  cli: CliEngine;
  parts: LocateParts;
  options: LocateOptions;
  restore: boolean;
  failures: ErrorCode[];
};

export async function locateAll(
  session: Session,
  paths: readonly string[],
  { in: given = [], restore = false }: LocateCommandOptions,
): Promise<number> {
  await using cli = await CliEngine.open(session, {});
  const { home } = cli;
  const looking: Looking = {
    session,
    cli,
    parts: {
      copies: home.copies,
      nameOf: await readKeyNames(home.settings, home.local),
      index: new FolderIndex(),
    },
    options: {
      chosen: await Promise.all(given.map(async (folder) => await givenPath(folder, 'source'))),
      signal: session.signal,
      onFolder: showing(session),
    },
    restore,
    failures: [],
  };
  for (const file of paths) await locateGiven(looking, file);
  session.screen.show('');
  return exitCodeOfAll(looking.failures);
}

/** The progress line, not redrawn for every folder. */
function showing({ screen }: Session): (folder: string, searched: Searched) => void {
  let shownAt = 0;
  return (folder, { folders, files }) => {
    const now = performance.now();
    if (!screen.live || now - shownAt < LIVE_MS) return;
    shownAt = now;
    screen.show(`Looking: ${count(files, 'file')} in ${count(folders, 'folder')} · ${displayPath(folder)}`);
  };
}

async function locateGiven(looking: Looking, given: string): Promise<void> {
  const { session, parts, options, failures } = looking;
  try {
    const file = await givenPath(given, 'source');
    const isFolder = await stat(file).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    if (isFolder) await locateFolder(looking, file);
    else await tell(looking, await locate(file, parts, options));
  } catch (error) {
    if (!isEnvelopeError(error) || error.code === 'cancelled') throw error;
    session.fail(error, given);
    failures.push(error.code);
  }
}

async function locateFolder(looking: Looking, folder: string): Promise<void> {
  const { session, parts, options, failures } = looking;
  for await (const found of locateIn(folder, parts, options)) {
    if (found.kind === 'answer') await tell(looking, found);
    else if (found.kind === 'failed') {
      session.fail(found.error, found.path);
      failures.push(found.error.code);
    } else sayPaired(session, folder, found.count);
  }
}

function sayPaired({ screen }: Session, folder: string, many: number): void {
  const paired = `${count(many, 'file has', 'files have')} the other half beside`;
  screen.say(`${displayPath(folder)}: ${paired} ${many === 1 ? 'it' : 'them'}.`);
}

async function tell(looking: Looking, { located, copy }: Answer): Promise<void> {
  const { session, cli, restore, failures } = looking;
  if (restore && copy !== undefined) {
    const { half, found, path: file } = located;
    // A pair that is together gets a second envelope, for the one that was given may be damaged.
    const body = half === 'envelope' && found !== undefined ? found.path : file;
    const envelope = await restoreEnvelope(cli.engine, body, copy, { second: found !== undefined });
    session.result(restoredLine(located, envelope), { state: 'restored', ...located, envelope });
    return;
  }
  const state = stateOf(located);
  session.result(answerLines(located).join('\n'), { state, ...located });
  if (state !== 'missing' && state !== 'copy') return;
  failures.push(located.missing?.code ?? 'body-missing');
  for (const line of missingLines(located, path.basename(located.path))) session.screen.warn(`  ${line}`);
}
