import type { Command } from 'commander';
import type { Trusted } from '../../../shared/trust.ts';
import type { Opened } from '../../envelope/open.ts';
import type { Deed } from '../batch-report.ts';
import { displayPath } from '../display-path.ts';
import { formatSize } from '../format.ts';
import {
  addCollisionOptions,
  addConnectionOptions,
  addOpeningOptions,
  addOutputOptions,
  addPassphraseOption,
  collect,
  type CollisionOptions,
  collisionOf,
  type ConnectionOptions,
  notEmpty,
  type OutputOptions,
  type PassphraseOptions,
} from '../options.ts';
import type { Run } from '../program.ts';
import type { Session } from '../session.ts';

/** Options of every command that opens: `open` and `verify`. */
export type OpeningOptions = OutputOptions &
  PassphraseOptions &
  ConnectionOptions & { body?: string; identity?: string[]; trustAccount?: Trusted[] };

type OpenOptions = OpeningOptions & CollisionOptions & { to?: string };

const examples = `
Give the envelope or the body; the other half is found beside it, also under another
name. In a folder every envelope is opened. A file gets its own name, time and
permissions back, and appears only once all of it was checked.

Examples:
  envelope open report.pdf.envelope
  envelope open sealed --to opened                  a whole tree
  envelope open moved.envelope --body /mnt/big/report.pdf.enc
  envelope open *.envelope --skip                   leave out what is there already
  envelope open report.pdf.envelope --identity recovery.txt
`;

/** Adds `envelope open`. */
export function addOpen(program: Command, run: Run): void {
  const command = program
    .command('open')
    .description('open envelopes')
    .argument('<path...>', 'envelopes, bodies, and folders with them', collect)
    .option('-t, --to <folder>', 'put the results here; the folder is made if need be', notEmpty);
  addCollisionOptions(command);
  addOpeningOptions(command);
  addConnectionOptions(command);
  addPassphraseOption(command);
  addOutputOptions(command);
  command.addHelpText('after', examples).action(async (paths: string[], options: OpenOptions) => {
    await run(options, async (session) => await open(session, paths, options));
  });
}

async function open(session: Session, paths: string[], options: OpenOptions): Promise<number> {
  // First of all: its threads come up while the rest is loaded.
  const { startPool } = await import('../early-pool.ts');
  const pool = await startPool(paths);
  const [{ CliEngine }, { openAll }, { runBatch }, { accountApproval }] = await Promise.all([
    import('../engine.ts'),
    import('../../jobs/open-all.ts'),
    import('../batch.ts'),
    import('../approve-account.ts'),
  ]);
  const reached = [...paths, options.to, options.body];
  await using cli = await CliEngine.open(session, options, { paths: reached, pool });
  const request = {
    paths,
    to: options.to,
    collision: collisionOf(options, await cli.home.settings.load()),
    body: options.body,
    approveAccount: accountApproval(session, options.trustAccount, cli.home.ownRegions),
  };
  const { secondHalves } = await import('../given.ts');
  const results = (files: number): number => files - secondHalves(paths);
  return await runBatch(session, cli.home, { ...deed, results }, async (batch) => {
    return await openAll(cli.engine, request, batch);
  });
}

const deed: Deed<Opened> = {
  operation: 'open',
  done: 'opened',
  line: ({ path, size }) => ` → ${displayPath(path)} (${formatSize(size)})`,
  goOn: 'Run the same command with --skip to go on with the rest.',
  record: ({ path, kind, envelope, body, size, requestIds, notes }) => ({
    path,
    kind,
    envelope,
    body,
    size,
    requestIds,
    notes,
  }),
  notes: ({ notes }) => notes,
};
