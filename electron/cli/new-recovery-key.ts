/** @file `envelope keys recovery new`: makes a recovery key, puts its sheet where it was wanted, and only then uses it. */
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { groupsOf, isLastGroup } from '../../shared/identity-text.ts';
import { removeFile } from '../files/atomic.ts';
import { type AgeIdentity, newIdentity } from '../keys/age-identity.ts';
import { createWhole } from '../keys/local-folder.ts';
import { useRecoveryKey } from '../recovery/recovery-key.ts';
import { type Sheet, sheetOf } from '../recovery/sheet.ts';
import { sheetHtml } from '../recovery/sheet-html.ts';
import { sheetPdf } from '../recovery/sheet-pdf.ts';
import { keyLines, sheetPlain } from '../recovery/sheet-plain.ts';
import { displayPath } from './display-path.ts';
import { printable } from './escape.ts';
import { formatDate } from './format.ts';
import type { Home } from './home.ts';
import type { Session } from './session.ts';

export type NewRecoveryOptions = { sheet?: string; print?: boolean; yes?: boolean };

/** How often the last group may be mistyped. */
const TRIES = 3;

const kinds: Readonly<Record<string, (sheet: Sheet) => Buffer>> = {
  '.pdf': sheetPdf,
  '.html': (sheet) => Buffer.from(sheetHtml(sheet)),
  '.txt': (sheet) => Buffer.from(sheetPlain(sheet)),
};

const refuse = (reason: string): never => {
  throw new EnvelopeError('usage', 'a recovery key cannot be made like this', { reason });
};

/** Refuses whatever would put the key where nobody meant it to go, before there is one. */
function check({ prompt, json, screen }: Session, { sheet, print, yes }: NewRecoveryOptions): void {
  if (sheet !== undefined && kinds[path.extname(sheet).toLowerCase()] === undefined) {
    refuse(`A sheet is a file .pdf, .html or .txt, and “${printable(sheet)}” is none.`);
  }
  if (sheet === undefined && (json || (print !== true && !screen.toTerminal))) {
    refuse('The key goes to paper, not into a pipe. Give --sheet FILE.pdf; or --print, if that is meant.');
  }
  if (prompt === undefined && yes !== true) {
    refuse('Nobody is here to say that the sheet is there. Add --yes to use the key all the same.');
  }
}

/** Black on white, whatever the terminal's own colours are: no reader takes a code that is white on black. */
const inked = (line: string): string => `\u001b[30;107m${line}\u001b[0m`;

function printSheet({ screen }: Session, sheet: Sheet): void {
  for (const line of keyLines(sheet, screen.toTerminal ? inked : undefined)) screen.result(line);
}

/** @throws EnvelopeError `name-taken`, `target-missing`, `target-unwritable`, `disk-full` */
async function writeSheet(file: string, sheet: Sheet): Promise<void> {
  const bytes = kinds[path.extname(file).toLowerCase()]?.(sheet) ?? Buffer.alloc(0);
  try {
    if (!(await createWhole(file, bytes))) {
      throw new EnvelopeError('name-taken', 'there is a file of that name', { path: file });
    }
  } finally {
    bytes.fill(0);
  }
}

/** Whether the sheet is really there: its last group is typed from it. @throws EnvelopeError `recovery-check`, `cancelled` */
async function confirm({ prompt, screen }: Session, { identity }: AgeIdentity): Promise<void> {
  if (prompt === undefined) return;
  const length = groupsOf(identity).at(-1)?.length ?? 0;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const typed = await prompt.ask(`Type the last group of the key from the sheet (${length} characters): `);
    if (typed === undefined) throw new EnvelopeError('cancelled', 'the sheet was not confirmed');
    if (isLastGroup(typed, identity)) return;
    screen.warn('That is not the last group on the sheet.');
  }
  throw new EnvelopeError('recovery-check', 'the sheet was not confirmed');
}

async function agreeToReplace({ prompt }: Session, home: Home, yes: boolean): Promise<void> {
  const { key } = (await home.settings.load()).recovery;
  if (key === undefined || yes || prompt === undefined) return;
  const question = `It takes the place of the recovery key made ${formatDate(key.made)}, whose sheet still opens what was sealed so far. Go on?`;
  if (!(await prompt.confirm(question))) throw new EnvelopeError('cancelled', 'not agreed to');
}

/** Nothing of the key is kept, and no file of it is left, unless all of it was done. */
export async function newRecoveryKey(
  session: Session,
  home: Home,
  options: NewRecoveryOptions,
): Promise<undefined> {
  check(session, options);
  await agreeToReplace(session, home, options.yes === true);
  const made = new Date().toISOString();
  const identity = await newIdentity();
  const { recipient } = identity;
  const sheet = sheetOf({ ...identity, made }, 'en');
  const { sheet: file } = options;
  if (file === undefined) printSheet(session, sheet);
  else {
    await writeSheet(file, sheet);
    session.screen.say(
      `The sheet is in ${displayPath(file)}. Print it; whoever has the file can open everything.`,
    );
  }
  try {
    if (options.yes !== true) await confirm(session, identity);
    await useRecoveryKey(home.settings, { recipient, made });
  } catch (error) {
    if (file !== undefined) await removeFile(file);
    session.screen.warn(
      `The recovery key was not taken into use${file === undefined ? '' : ', and its sheet removed'}.`,
    );
    throw error;
  }
  session.result(recipient, { recipient, made, ...(file === undefined ? {} : { sheet: file }) });
  session.screen.say('From now on every new envelope is sealed for it too, whatever keys are chosen.');
  if (file !== undefined) {
    session.screen.say(`Once it is on paper, remove ${displayPath(file)}.`);
  }
}
