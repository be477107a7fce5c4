import { type Command, InvalidArgumentError } from 'commander';
import {
  addConnectionOptions,
  addOutputOptions,
  addPassphraseOption,
  addUnlockingOptions,
  collect,
  notEmpty,
} from '../options.ts';
import type { ChangeOptions } from '../change-access.ts';
import type { Run } from '../program.ts';
import type { Session } from '../session.ts';
import type { OpeningOptions } from './open.ts';

type Pair = { from: string; to: string };

/** Options of `rewrap` and `reseal`. */
export type ChangingOptions = Omit<OpeningOptions, 'body'> &
  ChangeOptions & { resume?: boolean; forget?: boolean };

type RewrapOptions = ChangingOptions & {
  add?: string[];
  remove?: string[];
  replace?: Pair[];
  leaveUntried?: boolean;
};

const examples = `
Only the list of keys in each envelope changes; no sealed file is touched. One KMS key is
replaced by another inside the KMS (ReEncrypt): the data key never comes here. Everything
else needs a key that opens, and is checked as in opening before anything is wrapped.

First comes a plan, and a question; without a terminal --yes is needed. A run that was
stopped or killed is gone on with by --resume, also after failures: what is done is not
done twice. Afterwards everything is read again, and it is said whether a removed key
still stands, or opens, anywhere in it.

It stops future opening with a removed key. Whoever kept an old copy of an envelope, and
may still use that key, can open the sealed file all the same: “envelope reseal” seals
again with a new data key.

Examples:
  envelope rewrap report.pdf.envelope --add age1…
  envelope rewrap /mnt/archive --replace alias/2019=alias/2026 --dry-run
  envelope rewrap /mnt/archive --replace alias/2019=alias/2026 --report change.json
  envelope rewrap sealed --add alias/team --remove age1… --yes
  envelope rewrap --resume
`;

/** Adds `envelope rewrap`. */
export function addRewrap(program: Command, run: Run): void {
  const command = program
    .command('rewrap')
    .description('change which keys open envelopes, without touching the sealed files')
    .argument('[path...]', 'envelopes, bodies, and folders with them', collect)
    .option('-a, --add <key>', 'let this key open them too (repeatable)', collect)
    .option('-r, --remove <key>', 'let this key open them no more (repeatable)', collect)
    .option('--replace <old=new>', 'one key for another (repeatable)', collectPair)
    .option('--leave-untried', 'remove keys also where none of those left can be tried here');
  addChangingOptions(command);
  command.addHelpText('after', examples).action(async (paths: string[], options: RewrapOptions) => {
    checkPaths(command, paths, options);
    await run(options, async (session) => await rewrap(session, paths, options));
  });
}

/** @throws InvalidArgumentError unless it is `old=new`, twice something */
function collectPair(value: string, before: readonly Pair[] = []): Pair[] {
  const at = value.indexOf('=');
  const pair = { from: value.slice(0, at), to: value.slice(at + 1) };
  if (at < 1 || pair.to === '') throw new InvalidArgumentError('It is written OLD=NEW.');
  return [...before, pair];
}

/** What `rewrap` and `reseal` have in common. */
export function addChangingOptions(command: Command): void {
  command
    .option('-n, --dry-run', 'only say what would be done, envelope by envelope')
    .option('-y, --yes', 'do it without asking')
    .option(
      '--report <file>',
      'write what became of each envelope: JSON if it ends in .json, else text',
      notEmpty,
    )
    .option('--ask-kms', 'afterwards ask the KMS too whether a removed key opens; its dry runs are billed')
    .option('--resume', 'do what an earlier run has left undone')
    .option('--forget', 'forget what earlier runs have left undone; what they did stays');
  addUnlockingOptions(command);
  addConnectionOptions(command);
  addPassphraseOption(command);
  addOutputOptions(command);
}

/** Either paths, or the rest of an earlier run. */
export function checkPaths(command: Command, paths: readonly string[], options: ChangingOptions): void {
  const earlier = options.resume === true || options.forget === true;
  if (earlier && paths.length > 0)
    command.error('error: --resume and --forget go by what was begun, and take no paths');
  if (!earlier && paths.length === 0) command.error("error: missing required argument 'path'");
}

async function rewrap(session: Session, paths: string[], options: RewrapOptions): Promise<number> {
  const [{ CliEngine }, { AccessChange }, { resolveChoice }, { givenPaths }] = await Promise.all([
    import('../engine.ts'),
    import('../change-access.ts'),
    import('../../rewrap/choice.ts'),
    import('../../rewrap/envelopes.ts'),
  ]);
  await using cli = await CliEngine.open(session, options);
  const change = await AccessChange.open(session, cli, options);
  if (options.forget === true) return await change.forget('rewrap');
  if (options.resume === true) return await change.resume('rewrap');
  const { add = [], remove = [], replace = [], leaveUntried = false } = options;
  const choice = await resolveChoice(cli.home.keyring, { add, remove, replace }, { signal: session.signal });
  return await change.begin({ work: 'rewrap', paths: await givenPaths(paths), choice, leaveUntried });
}
