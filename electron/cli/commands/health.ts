import { type Command, Option } from 'commander';
import {
  addConnectionOptions,
  addOutputOptions,
  addPassphraseOption,
  collect,
  collectAccount,
  type ConnectionOptions,
} from '../options.ts';
import type { Trusted } from '../../../shared/trust.ts';
import type { Run } from '../program.ts';
import type { Session, SessionOptions } from '../session.ts';
import { keepHeapSmall } from '../small-heap.ts';
import type { Listed } from '../health-report.ts';

const notes = `
Tells key by key which envelopes open now, which will stop opening, and which hang on a
single key; and which envelopes and bodies are missing, cut short or damaged. Of a body
only the first 40 bytes and the length are looked at. An AWS KMS key is asked once how it
is, and by a dry run once for each set of labels, however many envelopes name it; no
account is called that is not one of yours. A local key is tried on every envelope.

With --deep every byte of what opens is checked too; for AWS KMS keys that is one call
for each envelope, unless another key opens it.

The exit code is 0 if everything opens now, 3 if some does not because of its keys, 4 if
something is damaged, cut short or altered, and 1 if something is missing or cannot be
read, or for several of these reasons. That a key will be deleted, or that it is the only
one, is told and changes nothing about it.

Examples:
  envelope health /mnt/archive
  envelope health /mnt/archive --list alone
  envelope health docs backup --deep --json > health.jsonl
`;

type HealthCliOptions = SessionOptions &
  ConnectionOptions & {
    deep?: boolean;
    list?: Listed;
    identity?: string[];
    trustAccount?: Trusted[];
  };

/** Adds `envelope health`. */
export function addHealth(program: Command, run: Run): void {
  const list = new Option(
    '--list <which>',
    'name every file: those with problems, those that hang on one key, or all',
  );
  const command = program
    .command('health')
    .description('tell which envelopes open now, which will not, and why')
    .argument('<path...>', 'folders, drives, envelopes and bodies', collect)
    .option('--deep', 'check every byte of what opens')
    .addOption(list.choices(['problems', 'alone', 'all']))
    .option('-i, --identity <file>', 'a file with age identities (repeatable)', collect)
    .option(
      '--trust-account <partition:number:region>',
      'ask this AWS account in this region if an envelope names it, now and from now on (repeatable)',
      collectAccount,
    );
  addConnectionOptions(command);
  addPassphraseOption(command);
  addOutputOptions(command);
  command.addHelpText('after', notes).action(async (paths: string[], options: HealthCliOptions) => {
    await run(options, async (session) => await health(session, paths, options));
  });
}

async function health(session: Session, paths: string[], options: HealthCliOptions): Promise<number> {
  keepHeapSmall();
  const [{ HealthReport }, { checkWith }] = await Promise.all([
    import('../health-report.ts'),
    import('../health-check.ts'),
  ]);
  const report = new HealthReport(session, options.list);
  const summary = await checkWith(session, options, paths, report);
  return report.finish(summary);
}
