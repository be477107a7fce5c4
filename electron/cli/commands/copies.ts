import { type Command, Option } from 'commander';
import { copiesLimits } from '../../../shared/copies.ts';
import { addOutputOptions, collect, notEmpty, type OutputOptions, wholeNumber } from '../options.ts';
import type { Run } from '../program.ts';
import { withHome } from './with-home.ts';

export type CopiesOptions = OutputOptions & {
  on?: boolean;
  off?: boolean;
  limit?: number;
  moveTo?: string;
  moveBack?: boolean;
  add?: string[];
  prune?: boolean;
  clear?: boolean;
  yes?: boolean;
};

const about = `
A copy of every envelope that is sealed or rewrapped is kept as it is. It says what the
envelope says (names, sizes, labels, which keys open it) and holds no secret: nothing
opens without a key. “envelope locate” restores a lost envelope from it.

Copies lie in 256 folders, by their hash, each with its share of the limit; where one
is full, the oldest in it goes. Without this program: the copy of a body’s envelope is the file named by
  head -c 40 report.pdf.enc | sha256sum

Examples:
  envelope copies                                   how many, how large, where
  envelope copies --move-to /media/backup           keep them on another disk
  envelope copies --add sealed                      keep those that were there before
  envelope copies --limit 1000 --prune              room for 1 GB, and no more
  envelope copies --off                             keep no more; those there are stay
`;

/** Adds `envelope copies`. */
export function addCopies(program: Command, run: Run): void {
  const { least, most } = copiesLimits;
  const command = program
    .command('copies')
    .description('the copies of envelopes that this computer keeps')
    .addOption(new Option('--on', 'keep a copy of every envelope').conflicts('off'))
    .option('--off', 'keep no more copies')
    .option('--limit <megabytes>', 'the most that they take; 256 unless set', wholeNumber(least, most))
    .option('--move-to <folder>', 'move them to this folder, and keep them there', notEmpty)
    .addOption(new Option('--move-back', 'move them back among the program’s own data').conflicts('moveTo'))
    .option(
      '--add <path>',
      'keep copies of the envelopes in this folder, or of this one (repeatable)',
      collect,
    )
    .option('--prune', 'remove what is over the limit now')
    .addOption(new Option('--clear', 'remove all of them').conflicts(['add', 'prune']))
    .option('-y, --yes', 'do not ask before all are removed');
  addOutputOptions(command);
  command.addHelpText('after', about).action(async (options: CopiesOptions) => {
    await withHome(run)(options, async (session, home) => {
      return await (await import('../copies.ts')).manageCopies(session, home, options);
    });
  });
}
