import type { Command } from 'commander';
import {
  addConnectionOptions,
  addOutputOptions,
  addPassphraseOption,
  collect,
  type ConnectionOptions,
} from '../options.ts';
import type { Run } from '../program.ts';
import type { SessionOptions } from '../session.ts';

type Options = SessionOptions & ConnectionOptions & { now?: boolean; drop?: string[] };

const about = `
A file that is sealed with --offline-ok while its KMS key cannot be reached is sealed with
the key of this computer. Until the KMS key is added, whoever has that key can open it, or
another key it was sealed for, such as the recovery key; no KMS protects it. When it is
added, the KMS first shows that it opens; then the key of this computer leaves the envelope,
unless you had chosen it yourself. The window adds keys by itself while it runs. Whoever
kept a copy of the earlier envelope, and has the key of this computer, can still open the
file with that copy.

Examples:
  envelope seal report.pdf --key alias/team --offline-ok
  envelope keys pending                             which envelopes wait, and why
  envelope keys pending --now                       add the keys that can be reached
  envelope keys pending --drop report.pdf.envelope  leave it with the key of this computer
`;

/** Adds `envelope keys pending`. */
export function addPending(keys: Command, run: Run): void {
  const command = keys
    .command('pending')
    .description('envelopes that wait for a KMS key which could not be reached')
    .option('--now', 'try to add the keys now')
    .option('--drop <envelope>', 'let it wait no longer, by path or id (repeatable)', collect)
    .addHelpText('after', about);
  addConnectionOptions(addPassphraseOption(addOutputOptions(command))).action(async (options: Options) => {
    if (options.now === true && options.drop !== undefined) {
      command.error('error: choose either --now or --drop');
    }
    await run(options, async (session) => {
      const [{ CliEngine }, pending] = await Promise.all([import('../engine.ts'), import('../pending.ts')]);
      await using cli = await CliEngine.open(session, options);
      if (options.now === true) return await pending.addPending(session, cli);
      if (options.drop !== undefined) return await pending.dropPending(session, cli, options.drop);
      return await pending.listPending(session, cli);
    });
  });
}
