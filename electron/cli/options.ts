/** @file Options that several commands share, and how their values are read. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Collision } from '../../shared/settings.ts';
import type { Labels } from '../../shared/envelope.ts';
import { REGION } from '../../shared/kms.ts';
import { parseTrusted, type Trusted } from '../../shared/trust.ts';

export type OutputOptions = { json?: boolean; quiet?: boolean };
export type PassphraseOptions = { passphraseFile?: string; newPassphraseFile?: string };
export type ConnectionOptions = { connection?: string; profile?: string; region?: string; endpoint?: string };
export type CollisionOptions = { replace?: boolean; keepBoth?: boolean; skip?: boolean };

/**
 * A path, or a name. An empty one is a shell's variable that is not set, and would mean the folder one stands in.
 * @throws InvalidArgumentError if it is empty
 */
export function notEmpty(value: string): string {
  if (value === '') throw new InvalidArgumentError('It is empty.');
  return value;
}

/** For what may be given several times. @throws InvalidArgumentError if it is empty */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, notEmpty(value)];
}

/** @throws InvalidArgumentError unless it is `key=value` with a key that was not given before */
export function collectLabel(value: string, before: Labels = {}): Labels {
  const at = value.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('A label is written key=value.');
  const key = value.slice(0, at);
  if (Object.hasOwn(before, key)) throw new InvalidArgumentError(`The label ${key} is given twice.`);
  return Object.fromEntries([...Object.entries(before), [key, value.slice(at + 1)]]);
}

/**
 * An account, in one region, in every region (`*`) or in those of the user.
 * @throws InvalidArgumentError unless it is `partition:number` or `partition:number:region`; `aws` may be left out
 */
export function parseAccount(value: string): Trusted {
  const trusted = parseTrusted(value) ?? parseTrusted(`aws:${value}`);
  if (trusted !== undefined) return trusted;
  throw new InvalidArgumentError(
    'An account is written PARTITION:NUMBER:REGION, such as aws:111122223333:eu-central-1.',
  );
}

export function collectAccount(value: string, before: readonly Trusted[] = []): Trusted[] {
  return [...before, parseAccount(value)];
}

/** @throws InvalidArgumentError unless it looks like the name of a region */
export function parseRegion(value: string): string {
  if (REGION.test(value)) return value;
  throw new InvalidArgumentError('A region is written as AWS does, such as eu-central-1.');
}

export function collectRegion(value: string, before: readonly string[] = []): string[] {
  return [...before, parseRegion(value)];
}

/** @throws InvalidArgumentError unless it is a whole number from `least` to `most` */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^[0-9]{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
  };
}

/** What was chosen, else what the settings say; but nothing is replaced unless it was chosen here. */
export function collisionOf(
  { replace, keepBoth, skip }: CollisionOptions,
  settings: { collision: Collision },
): Collision {
  if (replace === true) return 'replace';
  if (skip === true) return 'skip';
  return keepBoth !== true && settings.collision === 'skip' ? 'skip' : 'keep-both';
}

export function addOutputOptions(command: Command): Command {
  return command
    .option('--json', 'print one line of JSON for each result, and nothing else, to the standard output')
    .option('-q, --quiet', 'say only what failed');
}

export function addCollisionOptions(command: Command): Command {
  const keepBoth = new Option('--keep-both', 'if a name is taken, add a number (the default)');
  const replace = new Option('--replace', 'if a name is taken, replace what is there');
  const skip = new Option('--skip', 'if a name is taken, leave this file out');
  return command
    .addOption(keepBoth.conflicts(['replace', 'skip']))
    .addOption(replace.conflicts(['keepBoth', 'skip']))
    .addOption(skip.conflicts(['keepBoth', 'replace']));
}

/** What `open` and `verify` have in common. */
export function addOpeningOptions(command: Command): Command {
  return addUnlockingOptions(
    command.option('--body <file>', 'the body, if it is not beside its one envelope', notEmpty),
  );
}

/** What every command has that opens envelopes, wholly or for their keys. */
export function addUnlockingOptions(command: Command): Command {
  return command
    .option(
      '-i, --identity <file>',
      'a file with age identities, such as a recovery key; - asks for one (repeatable)',
      collect,
    )
    .option(
      '--trust-account <partition:number:region>',
      'call this AWS account in this region if an envelope names it, now and from now on (repeatable)',
      collectAccount,
    );
}

export function addPassphraseOption(command: Command): Command {
  return command.option('--passphrase-file <file>', 'read the passphrase of a key from this file', notEmpty);
}

export function addNewPassphraseOption(command: Command): Command {
  return command.option(
    '--new-passphrase-file <file>',
    'read the passphrase to be set from this file',
    notEmpty,
  );
}

export function addConnectionOptions(command: Command): Command {
  return command
    .optionsGroup('AWS, for this run:')
    .option('--connection <name>', 'use this connection of “envelope keys aws connect”')
    .option('--profile <name>', 'use this profile of ~/.aws')
    .option('--region <region>', 'look for keys in this region', parseRegion)
    .option('--endpoint <url>', 'call the KMS here (https, or http on this computer)')
    .optionsGroup('Options:');
}
