import type { Command } from 'commander';
import { addOutputOptions, collect, type OutputOptions } from '../options.ts';
import type { Run } from '../program.ts';

export type LocateCommandOptions = OutputOptions & { in?: string[]; restore?: boolean };

const examples = `
The other half of an envelope or a body is looked for beside it, below it and above it,
by its content, so names do not matter. Of each body only the first 40 bytes are read;
files that are only in the cloud are not fetched. Around means a limited number of
folders and 15 seconds; a folder of --in is searched as a whole, until Ctrl+C.

Where no envelope of a body is found, the copies are asked that this computer keeps of
every envelope it writes. A copy may be older than the lost envelope: it can be opened
with the keys that are printed, also with those that were removed since. --restore writes
it beside its body, and never over anything.

Examples:
  envelope locate report.pdf.envelope               where is its body?
  envelope locate report.pdf.enc --restore          bring back its lost envelope
  envelope locate /mnt/archive --restore --json     every half that is alone in there
  envelope locate old.envelope --in /media/backup   look on another disk too
`;

/** Adds `envelope locate`. */
export function addLocate(program: Command, run: Run): void {
  const command = program
    .command('locate')
    .description('find the other half of envelopes and bodies, and restore lost envelopes')
    .argument('<path...>', 'envelopes, bodies, and folders with them', collect)
    .option('--in <folder>', 'look in this folder too, all of it (repeatable)', collect)
    .option('--restore', 'write lost envelopes again from the copies of this computer');
  addOutputOptions(command);
  command.addHelpText('after', examples).action(async (paths: string[], options: LocateCommandOptions) => {
    await run(options, async (session) => {
      const { locateAll } = await import('../locate.ts');
      return await locateAll(session, paths, options);
    });
  });
}
