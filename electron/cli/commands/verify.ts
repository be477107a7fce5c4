import type { Command } from 'commander';
import type { Verified } from '../../envelope/verify.ts';
import type { Deed } from '../batch-report.ts';
import { printable } from '../escape.ts';
import { formatSize } from '../format.ts';
import {
  addConnectionOptions,
  addOpeningOptions,
  addOutputOptions,
  addPassphraseOption,
  collect,
} from '../options.ts';
import type { Run } from '../program.ts';
import type { Session } from '../session.ts';
import type { OpeningOptions } from './open.ts';

const examples = `
Every byte is read and checked as in opening, and nothing is written. With --json and
without keys at hand, “envelope inspect” tells at least whether a pair is complete.

Examples:
  envelope verify report.pdf.envelope
  envelope verify /mnt/backup --json
`;

/** Adds `envelope verify`. */
export function addVerify(program: Command, run: Run): void {
  const command = program
    .command('verify')
    .description('prove that envelopes open, without writing anything')
    .argument('<path...>', 'envelopes, bodies, and folders with them', collect);
  addOpeningOptions(command);
  addConnectionOptions(command);
  addPassphraseOption(command);
  addOutputOptions(command);
  command.addHelpText('after', examples).action(async (paths: string[], options: OpeningOptions) => {
    await run(options, async (session) => await verify(session, paths, options));
  });
}

async function verify(session: Session, paths: string[], options: OpeningOptions): Promise<number> {
  // First of all: its threads come up while the rest is loaded.
  const { startPool } = await import('../early-pool.ts');
  const pool = await startPool(paths);
  const [{ CliEngine }, { verifyAll }, { runBatch }, { accountApproval }] = await Promise.all([
    import('../engine.ts'),
    import('../../jobs/open-all.ts'),
    import('../batch.ts'),
    import('../approve-account.ts'),
  ]);
  await using cli = await CliEngine.open(session, options, { paths: [...paths, options.body], pool });
  const approveAccount = accountApproval(session, options.trustAccount, cli.home.ownRegions);
  const request = { paths, body: options.body, approveAccount };
  const { secondHalves } = await import('../given.ts');
  const results = (files: number): number => files - secondHalves(paths);
  return await runBatch(session, cli.home, { ...deed, results }, async (batch) => {
    return await verifyAll(cli.engine, request, batch);
  });
}

const deed: Deed<Verified> = {
  operation: 'verify',
  done: 'verified',
  line: ({ name, size }) => `: ${printable(name)} (${formatSize(size)})`,
  record: ({ envelope, body, name, size, requestIds }, { path }) => ({
    path,
    envelope,
    body,
    name,
    size,
    requestIds,
  }),
};
