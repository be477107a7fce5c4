/** @file `envelope keys recovery …`: what is in use, trying it, and ending it. Making one: new-recovery-key.ts. */
import { EnvelopeError } from '../../shared/errors.ts';
import { readIdentityText } from '../../shared/identity-text.ts';
import { isDrillDue, type RecoveryKey } from '../../shared/recovery.ts';
import { findEnvelope } from '../envelope/locate.ts';
import { type EnvelopeFile, readEnvelopeFile } from '../envelope/read.ts';
import { givenPath } from '../files/given-path.ts';
import { BODY_SUFFIX, hasSuffix } from '../files/stem.ts';
import { History } from '../jobs/history.ts';
import type { AgeIdentity } from '../keys/age-identity.ts';
import { createWhole } from '../keys/local-folder.ts';
import { drill, findToTry, needSealedFor } from '../recovery/drill.ts';
import { forgetRecoveryKey, recoveryKeyOf, useRecoveryKey } from '../recovery/recovery-key.ts';
import { readOpener } from '../recovery/sheet.ts';
import { displayPath } from './display-path.ts';
import { CliEngine } from './engine.ts';
import { printable } from './escape.ts';
import { formatDate, formatSize } from './format.ts';
import type { Home } from './home.ts';
import { givenIdentities, typedIdentity } from './identities.ts';
import type { Session } from './session.ts';

function triedText(key: RecoveryKey, now: number): string {
  const again = isDrillDue(key, now)
    ? ' That is long ago: “envelope keys recovery drill” tries it again.'
    : '';
  if (key.drilled !== undefined)
    return `its sheet last opened an envelope on ${formatDate(key.drilled)}.${again}`;
  return `its sheet was never tried: “envelope keys recovery drill” does it.`;
}

export async function showRecovery(session: Session, home: Home): Promise<undefined> {
  const { recovery } = await home.settings.load();
  const { key, former } = recovery;
  const now = Date.now();
  if (key === undefined)
    session.screen.say('There is no recovery key; “envelope keys recovery new” makes one.');
  else {
    const lines = [
      key.recipient,
      `    made ${formatDate(key.made)}; every new envelope is sealed for it too`,
    ];
    const record = { ...key, inUse: true, drillDue: isDrillDue(key, now) };
    session.result([...lines, `    ${triedText(key, now)}`].join('\n'), record);
  }
  for (const one of former) {
    const line = `${one.recipient}\n    made ${formatDate(one.made)}, in use until ${formatDate(one.ended)}; its sheet opens what was sealed then`;
    session.result(line, { ...one, inUse: false });
  }
}

/** Takes the recovery key of another computer, by its public half. */
export async function takeRecoveryKey(session: Session, home: Home, recipient: string): Promise<undefined> {
  if ('identity' in readIdentityText(recipient)) {
    const reason =
      'This is the key itself: on a command line other programs read it. Give its public half, age1….';
    throw new EnvelopeError('usage', 'an identity in place of a recipient', { reason });
  }
  await home.keyring.describe({ provider: 'age', key: recipient });
  await useRecoveryKey(home.settings, { recipient, made: new Date().toISOString() });
  session.result(recipient, { recipient });
  session.screen.say(
    'From now on every new envelope is sealed for it too. Only its sheet opens them with it.',
  );
}

export async function forgetRecovery(session: Session, home: Home, yes: boolean): Promise<undefined> {
  const { made } = await recoveryKeyOf(home.settings);
  const what = `New envelopes will not be sealed for the recovery key made ${formatDate(made)} any more. Those that were stay open to its sheet.`;
  if (!yes) {
    session.screen.warn(what);
    if (session.prompt === undefined) {
      throw new EnvelopeError('usage', 'not agreed to', { reason: 'Add --yes if that is what you want.' });
    }
    if (!(await session.prompt.confirm('Forget it?'))) throw new EnvelopeError('cancelled', 'not agreed to');
  }
  const { recipient } = await forgetRecoveryKey(home.settings);
  session.result(recipient, { recipient });
  if (yes) session.screen.say(what);
}

/** Writes the program that opens without this one: into a new file, or to the standard output. */
export async function writeOpener(session: Session, file: string | undefined): Promise<undefined> {
  if (file === undefined) {
    session.screen.result(readOpener().trimEnd());
    return;
  }
  if (!(await createWhole(file, Buffer.from(readOpener())))) {
    throw new EnvelopeError('name-taken', 'there is a file of that name', { path: file });
  }
  session.result(displayPath(file), { path: file });
}

async function chosenEnvelope(given: string): Promise<EnvelopeFile> {
  const path = await givenPath(given, 'source');
  return hasSuffix(path, BODY_SUFFIX) ? await findEnvelope(path) : await readEnvelopeFile(path);
}

/** The newest that the window has sealed for the key and that still is there. @throws EnvelopeError `recovery-untried` */
async function newestEnvelope(home: Home, recipient: string): Promise<EnvelopeFile> {
  const { rows } = await History.open(home.places.historyFile);
  const places = rows
    .toReversed()
    .flatMap(({ operation, state, place }) =>
      operation === 'seal' && state === 'done' ? (place ?? []) : [],
    );
  const found = await findToTry(places, recipient);
  if (found !== undefined) return found;
  throw new EnvelopeError('recovery-untried', 'no envelope is known to try it with');
}

async function identityToTry(
  session: Session,
  files: readonly string[] | undefined,
  recipient: string,
): Promise<AgeIdentity> {
  const identities =
    files === undefined ? [await typedIdentity(session)] : await givenIdentities(session, files);
  const identity = identities.find((one) => one.recipient === recipient) ?? identities[0];
  if (identity === undefined) throw new Error('files without an identity are refused before');
  return identity;
}

export type DrillOptions = { identity?: string[]; body?: string };

export async function drillRecovery(
  session: Session,
  home: Home,
  given: string | undefined,
  { identity: files, body }: DrillOptions,
): Promise<undefined> {
  const { recipient } = await recoveryKeyOf(home.settings);
  const file = given === undefined ? await newestEnvelope(home, recipient) : await chosenEnvelope(given);
  needSealedFor(file, recipient);
  const identity = await identityToTry(session, files, recipient);
  await using cli = new CliEngine(home);
  const { signal } = session;
  const { name, size } = await drill(cli.engine, home.settings, identity, file, { signal, body });
  const { key } = (await home.settings.load()).recovery;
  session.result(
    `The sheet opens ${displayPath(file.path)}: all of “${printable(name)}” (${formatSize(size)}) was checked, and nothing written.`,
    { envelope: file.path, name, size, drilled: key?.drilled },
  );
}
