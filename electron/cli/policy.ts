/** @file `envelope policy`: the policy of a folder, shown, begun, and forgotten. */
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import type { PlanPolicy } from '../../shared/policy.ts';
import { givenPath } from '../files/given-path.ts';
import { ioErrors } from '../files/io-error.ts';
import { umask } from '../files/umask.ts';
import { createWhole } from '../keys/local-folder.ts';
import { outputRoot } from '../policy/output.ts';
import { Policies } from '../policy/policies.ts';
import { type FolderPolicy, parsePolicy, POLICY_FILE } from '../policy/policy.ts';
import type { InitOptions } from './commands/policy.ts';
import { displayPath } from './display-path.ts';
import { printable } from './escape.ts';
import { NO_KEY } from './exit-code.ts';
import type { Home } from './home.ts';
import { keyText } from './policy-lines.ts';
import type { Session } from './session.ts';

const nothingChosen = {
  keys: [],
  labels: {},
  hideNames: false,
  chosen: { keys: false, labels: {}, hideNames: undefined },
};

/** @throws EnvelopeError `source-…` if there is no such folder */
async function folderOf(given = '.'): Promise<string> {
  const folder = await givenPath(given, 'source');
  return await ioErrors('source', folder, async () => {
    const real = await realpath(folder);
    if (!(await stat(real)).isDirectory()) {
      throw new EnvelopeError('usage', 'not a folder', { reason: `${displayPath(given)} is not a folder.` });
    }
    return real;
  });
}

export async function showPolicy(
  session: Session,
  { keyring, settings }: Home,
  given: string | undefined,
): Promise<number | undefined> {
  const folder = await folderOf(given);
  const policies = new Policies({ keyring, settings }, nothingChosen);
  const found = await policies.find(folder);
  if (found === undefined) {
    if (session.json) session.result('', { folder });
    else session.screen.say(`No policy holds for ${displayPath(folder)}: files are sealed as you choose.`);
    return undefined;
  }
  const { policy } = found;
  const keys = await policies.keys.describe(found);
  const output = outputRoot(found);
  const shown = {
    folder,
    path: found.path,
    keys,
    labels: policy.labels ?? {},
    hideNames: policy.hideNames,
    output,
  };
  session.result(linesOf(shown).join('\n'), shown);
  if (keys.some(({ state }) => state === 'asked')) {
    session.screen.say('You are asked before anything is sealed for a key that is not yours.');
  }
  return keys.some(({ state }) => state === 'missing') ? NO_KEY : undefined;
}

type Shown = Pick<PlanPolicy, 'keys' | 'labels'> & {
  folder: string;
  path: string;
  hideNames: boolean | undefined;
  output: string | undefined;
};

function linesOf({ folder, path: file, keys, labels, hideNames, output }: Shown): string[] {
  const names = hideNames === undefined ? 'as you choose' : hideNames ? 'hidden' : 'readable';
  const label = Object.entries(labels).map(([name, value]) => printable(`${name}=${value}`));
  return [
    `${displayPath(file)} holds for ${displayPath(folder)}; it is valid:`,
    ...(keys.length === 0 ? ['  keys     yours'] : keys.map((key) => `  key      ${keyText(key)}`)),
    ...(label.length === 0 ? ['  labels   none'] : label.map((text) => `  label    ${text}`)),
    `  names    ${names}`,
    `  results  ${output === undefined ? 'beside the originals' : displayPath(output)}`,
  ];
}

export async function initPolicy(
  session: Session,
  { keyring, settings }: Home,
  given: string | undefined,
  { key = [], label, hideNames, output }: InitOptions,
): Promise<undefined> {
  const folder = await folderOf(given);
  const file = path.join(folder, POLICY_FILE);
  for (const spec of key) await keyring.resolve(spec);
  // A key of this computer is of no use to others, and its name says nothing to them.
  const standing = (await settings.load()).defaultKeys.filter((one) => !one.startsWith('local:'));
  const keys = key.length > 0 ? key : standing;
  const policy: FolderPolicy = {
    version: 1,
    ...(keys.length === 0 ? {} : { keys }),
    labels: label ?? {},
    hideNames: hideNames === true,
    output: output === undefined ? 'beside' : { folder: output.replace(/\/+$/, '') },
  };
  const text = `${JSON.stringify(policy, undefined, 2)}\n`;
  parsePolicy(text, file);
  if (!(await createWhole(file, Buffer.from(text), 0o666 & ~umask))) {
    throw new EnvelopeError('usage', 'there is a policy already', {
      reason: `${displayPath(file)} is there already, and is not overwritten.`,
    });
  }
  session.result(displayPath(file), { path: file, policy });
  session.screen.say(
    'Edit it as you like; “envelope policy” checks it. Whoever may write there may change it.',
  );
}

/** @throws EnvelopeError `usage` if nothing was agreed to */
export async function forgetPolicy(
  session: Session,
  { settings }: Home,
  given: string | undefined,
): Promise<undefined> {
  const file = path.join(await folderOf(given), POLICY_FILE);
  const { policyKeys } = await settings.load();
  const keys = policyKeys[file];
  if (keys === undefined) {
    const reason = `Nothing was agreed to for ${displayPath(file)}.`;
    throw new EnvelopeError('usage', 'nothing was agreed to', { reason });
  }
  await settings.update((now) => {
    const { [file]: _gone, ...others } = now.policyKeys;
    return { ...now, policyKeys: others };
  });
  for (const key of keys) session.result(printable(key), { path: file, key });
}
