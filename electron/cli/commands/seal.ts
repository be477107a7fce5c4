import path from 'node:path';
import type { Command } from 'commander';
import type { Labels } from '../../../shared/envelope.ts';
import type { Sealed } from '../../envelope/seal.ts';
import { ENVELOPE_SUFFIX, numbered } from '../../files/stem.ts';
import type { SealAll } from '../../jobs/job.ts';
import type { Deed } from '../batch-report.ts';
import type { KeyDescription } from '../../keys/provider.ts';
import { displayPath } from '../display-path.ts';
import { sayAddedKeys } from '../added-keys.ts';
import type { Home } from '../home.ts';
import { printable } from '../escape.ts';
import { formatSize } from '../format.ts';
import {
  addCollisionOptions,
  addConnectionOptions,
  addOutputOptions,
  addPassphraseOption,
  collect,
  collectLabel,
  type CollisionOptions,
  collisionOf,
  type ConnectionOptions,
  notEmpty,
  type OutputOptions,
  type PassphraseOptions,
} from '../options.ts';
import type { Run } from '../program.ts';
import { protectionText } from '../protection-text.ts';
import type { Session } from '../session.ts';

type SealOptions = OutputOptions &
  PassphraseOptions &
  CollisionOptions &
  ConnectionOptions & {
    key?: string[];
    label?: Labels;
    hideNames?: boolean;
    archive?: boolean;
    to?: string;
    verify?: boolean;
    trashOriginals?: boolean;
    again?: boolean;
    offlineOk?: boolean;
    policy?: boolean;
    trustPolicy?: boolean;
  };

const examples = `
A folder is sealed file by file into a tree of the same shape; with --archive it becomes
one pair. A result goes beside its original, or below the folder of --to. Labels are part
of what the keys check; they can be read by anyone and stand in the logs of AWS.
With --offline-ok a file whose KMS key cannot be reached is sealed with the key of this
computer; “envelope keys pending” says which wait, and adds the KMS key later. Until then
whoever has the key of this computer can open them.
A folder’s policy (envelope policy --help) is the least: --key and --label add to it.
With --hide-names and --to the folders of a tree keep their readable names; --archive
hides those too. Of several files, those that are sealed already are left out.

Examples:
  envelope seal report.pdf                          with the default keys
  envelope seal *.pdf --to sealed                   several, into another folder
  envelope seal docs --archive --hide-names         a folder as one, its name hidden
  envelope seal a.bin --key local --key alias/team --label project=apollo
  envelope seal docs --to sealed --trash-originals  the originals go to the bin
`;

/** Adds `envelope seal`. */
export function addSeal(program: Command, run: Run): void {
  const command = program
    .command('seal')
    .description('seal files and folders')
    .argument('<path...>', 'files and folders', collect)
    .option(
      '-k, --key <key>',
      'a key that will open it: name, local, age1…, alias/…, id, ARN (repeatable)',
      collect,
    )
    .option('-l, --label <key=value>', 'a label (repeatable)', collectLabel)
    .option('--hide-names', 'keep the names of files secret; those of folders only with --archive')
    .option('--no-hide-names', 'though the settings say so, do not')
    .option('--archive', 'seal each folder as one pair')
    .option('-t, --to <folder>', 'put the results here; the folder is made if need be', notEmpty)
    .option('--verify', 'read each result back and check it')
    .option('--trash-originals', 'move each original to the bin once its result was read back and checked')
    .option('--again', 'seal also what is sealed already')
    .option('--offline-ok', 'seal with the key of this computer while a KMS key cannot be reached')
    .option('--no-offline-ok', 'though the settings say so, do not')
    .option('--no-policy', 'do not look for the policies of folders (.envelope-policy.json)')
    .option('--trust-policy', 'for this run, seal also for keys of a policy that are not yours');
  addCollisionOptions(command);
  addConnectionOptions(command);
  addPassphraseOption(command);
  addOutputOptions(command);
  command.addHelpText('after', examples).action(async (paths: string[], options: SealOptions) => {
    await run(options, async (session) => await seal(session, paths, options));
  });
}

async function seal(session: Session, paths: string[], options: SealOptions): Promise<number> {
  // First of all: its threads come up while the rest is loaded.
  const { startPool } = await import('../early-pool.ts');
  const pool = await startPool(paths);
  const [{ CliEngine }, { sealAll }, { runBatch }, { hasFolder, withoutSealed }] = await Promise.all([
    import('../engine.ts'),
    import('../../jobs/seal-all.ts'),
    import('../batch.ts'),
    import('../given.ts'),
  ]);
  await using cli = await CliEngine.open(session, options, { paths: [...paths, options.to], pool });
  const { home } = cli;
  const before = await home.local.list();
  const request = await requestOf(session, home, paths, options);
  for (const { key } of request.keys) {
    const description = before.keys.some((known) => known.key === key)
      ? undefined
      : await home.local.describe(key);
    if (description !== undefined) sayNewKey(session, description);
  }
  await sayAddedKeys(session, home);
  const { hideNames, archive, again, to } = request;
  if (hideNames && !archive && to !== undefined && (await hasFolder(paths))) {
    session.screen.say('Folder names stay readable; --archive hides them too.');
  }
  const exitCode = await runBatch(session, home, deedOf(request), async (batch) => {
    const rest = again
      ? paths
      : await withoutSealed(paths, (what) => batch.onEvent?.({ type: 'left-out', what }));
    const ahead = rest === paths ? request.ahead : undefined;
    return await sealAll(cli.engine, { ...request, paths: rest, ahead }, batch);
  });
  await sayStandIn(session, home, [...before.keys, ...request.keys]);
  return exitCode;
}

/** A key of this computer that was made on the way, because another could not be reached. */
async function sayStandIn(
  session: Session,
  { local }: Home,
  known: readonly { key: string }[],
): Promise<void> {
  for (const key of (await local.list()).keys) {
    if (!known.some((one) => one.key === key.key)) sayNewKey(session, key);
  }
}

/** What is asked for, with the policies of folders, which are told before anything else happens. */
async function requestOf(
  session: Session,
  home: Home,
  paths: string[],
  options: SealOptions,
): Promise<SealAll> {
  const { keyring, settings } = home;
  const { offlineSealing } = await import('../offline.ts');
  const chosen = await Promise.all((options.key ?? []).map(async (key) => await keyring.resolve(key)));
  const defaults = await settings.load();
  const wanted = {
    keys: chosen.length > 0 ? chosen : await keyring.defaults(),
    labels: { ...defaults.labels, ...options.label },
    hideNames: options.hideNames ?? defaults.hideNames,
  };
  const request: SealAll = {
    ...wanted,
    paths,
    archive: options.archive === true,
    to: options.to,
    // Nothing is replaced or moved because of a setting, only by a word on this command line.
    collision: collisionOf(options, defaults),
    verify: options.verify === true || options.trashOriginals === true,
    binOriginals: options.trashOriginals === true,
    again: options.again === true,
    offline: offlineSealing(session, home, options.offlineOk, defaults.offlineSealing),
  };
  if (options.policy === false) {
    session.screen.warn('Policies of folders are not looked for, as --no-policy says.');
    return request;
  }
  const { policiesFor, sayPolicies } = await import('../seal-policies.ts');
  const policies = policiesFor(
    session,
    home,
    {
      ...wanted,
      chosen: { keys: chosen.length > 0, labels: options.label ?? {}, hideNames: options.hideNames },
    },
    options.trustPolicy === true,
  );
  const ahead = await sayPolicies(session, request, policies);
  return { ...request, policies, ahead };
}

/** No question was asked, so this at least is said: that there is a key now, and how it is kept. */
function sayNewKey({ screen }: Session, key: KeyDescription): void {
  screen.say(
    `A key was made for this computer, “${printable(key.name ?? key.key)}”. It is ${protectionText(key)}.`,
  );
  screen.say('Without it nothing that it seals opens again; “envelope keys backup” makes a copy of it.');
}

/** What there is to say if the pair has a number in its name: `, for the name “report.pdf” was taken` */
function takenText(original: string, envelope: string): string {
  const name = path.basename(original);
  const stem = path.basename(envelope, ENVELOPE_SUFFIX);
  const n = Number(/ \(([0-9]+)\)(?:\.[^.]*)?$/.exec(stem)?.[1]);
  return stem !== name && numbered(name, n) === stem ? `, for the name “${printable(name)}” was taken` : '';
}

/** With hidden names nothing says what a pair was made of, so --skip passes over nothing. */
const deedOf = ({ archive, hideNames, paths }: SealAll): Deed<Sealed> => ({
  ...deed,
  ...(archive ? { results: () => paths.length } : {}),
  ...(hideNames ? {} : { goOn: 'Run the same command with --skip to go on with the rest.' }),
});

/** It is not sealed with the KMS key, and nothing here says that it is. */
const waitingText = (waiting: readonly string[]): string =>
  waiting.length === 0
    ? ''
    : `, with the key of this computer; waits for ${waiting.map(printable).join(', ')}`;

const deed: Deed<Sealed> = {
  operation: 'seal',
  done: 'sealed',
  line: ({ envelope, size, binned, waiting }, item) =>
    ` → ${displayPath(envelope)} (${formatSize(size)})${takenText(item.path, envelope)}${binned ? ', original in the bin' : ''}${waitingText(waiting)}`,
  record: ({ envelope, body, id, size, requestIds, keys, waiting, binned, notes, leftOut }, { path }) => ({
    path,
    envelope,
    body,
    id,
    size,
    requestIds,
    keys,
    waiting,
    binned,
    notes,
    leftOut,
  }),
  notes: ({ notes }) => notes,
  leftOut: ({ leftOut }) => leftOut,
};
