import type { Command } from 'commander';
import type { Labels } from '../../../shared/envelope.ts';
import { addOutputOptions, collect, collectLabel, notEmpty } from '../options.ts';
import type { Run } from '../program.ts';
import type { SessionOptions } from '../session.ts';
import { withHome } from './with-home.ts';

export type InitOptions = { key?: string[]; label?: Labels; hideNames?: boolean; output?: string };

const about = `
A policy is the file .envelope-policy.json in a folder. It holds for everything that is
sealed in there and below, until a nearer one; both the app and this command line obey it,
and show it before they seal. It is the least: keys and labels that are chosen are added,
and what it excludes is refused.

  {
    "version": 1,
    "keys": ["alias/team", "age1…"],        as for --key; none: your own
    "labels": { "project": "apollo" },
    "hideNames": true,
    "output": { "folder": "sealed" }        below the policy’s folder; or "beside"
  }

Whoever may write in the folder may change it. So keys that are not in your list are used
only once you have agreed to them, and results never leave the folder. It is looked for
from a file’s folder upwards: not above your home folder, not on another disk, and not in
folders like /tmp, where anybody may write.

Examples:
  envelope policy                                   which policy holds here, and is it right
  envelope policy docs
  envelope policy init docs --key alias/team --label project=apollo --output sealed
  envelope policy forget docs                       be asked again about keys that are not yours
`;

const policy = async () => await import('../policy.ts');

/** Adds `envelope policy`. */
export function addPolicy(program: Command, run: Run): void {
  const parent = program.command('policy').description('how the files of a folder are sealed');
  parent.addHelpText('after', about);
  const atHome = withHome(run);
  const show = parent
    .command('show', { isDefault: true })
    .description('show and check the policy that holds for a folder')
    .argument('[folder]', 'the current one, if it is left out', notEmpty);
  addOutputOptions(show).action(async (folder: string | undefined, options: SessionOptions) => {
    await atHome(options, async (session, home) => await (await policy()).showPolicy(session, home, folder));
  });
  const init = parent
    .command('init')
    .description('write a policy into a folder that has none')
    .argument('[folder]', 'the current one, if it is left out', notEmpty)
    .option('-k, --key <key>', 'a key that is to open everything in there (repeatable)', collect)
    .option('-l, --label <key=value>', 'a label (repeatable)', collectLabel)
    .option('--hide-names', 'keep the names of files secret')
    .option('--output <folder>', 'a folder in there that results go to', notEmpty);
  addOutputOptions(init).action(async (folder: string | undefined, options: SessionOptions & InitOptions) => {
    await atHome(options, async (session, home) => {
      return await (await policy()).initPolicy(session, home, folder, options);
    });
  });
  const forget = parent
    .command('forget')
    .description('take back what was agreed to for the policy of a folder')
    .argument('[folder]', 'the current one, if it is left out', notEmpty);
  addOutputOptions(forget).action(async (folder: string | undefined, options: SessionOptions) => {
    await atHome(options, async (session, home) => {
      return await (await policy()).forgetPolicy(session, home, folder);
    });
  });
}
