import type { Command } from 'commander';
import { collect } from '../options.ts';
import type { Run } from '../program.ts';
import type { Session } from '../session.ts';
import { addChangingOptions, type ChangingOptions, checkPaths } from './rewrap.ts';

type ResealOptions = ChangingOptions & { key?: string[] };

const examples = `
Each file is opened and sealed again under a new data key, in its place, so that nobody
who had the old one, or an old copy of the envelope, can open what is here now. Who can
open from now on is said by --key, or by the default keys: no key is taken over from the
envelopes. The new pair is read back and checked before it takes the place of the old
one. Nothing is written in clear: each piece goes from the old key to the new one in
memory.

Copies of the old sealed files elsewhere, such as backups, open as before.

Examples:
  envelope reseal report.pdf.envelope
  envelope reseal /mnt/archive --key local --key alias/team --dry-run
  envelope reseal /mnt/archive --key local --key alias/team --report again.txt
  envelope reseal --resume
`;

/** Adds `envelope reseal`. */
export function addReseal(program: Command, run: Run): void {
  const command = program
    .command('reseal')
    .description('seal again with a new data key, so that old keys and copies of envelopes open it no more')
    .argument('[path...]', 'envelopes, bodies, and folders with them', collect)
    .option(
      '-k, --key <key>',
      'a key that will open it: name, local, age1…, alias/…, id, ARN (repeatable)',
      collect,
    );
  addChangingOptions(command);
  command.addHelpText('after', examples).action(async (paths: string[], options: ResealOptions) => {
    checkPaths(command, paths, options);
    await run(options, async (session) => await reseal(session, paths, options));
  });
}

async function reseal(session: Session, paths: string[], options: ResealOptions): Promise<number> {
  const [{ CliEngine }, { AccessChange }, { destination }, { givenPaths }] = await Promise.all([
    import('../engine.ts'),
    import('../change-access.ts'),
    import('../../rewrap/choice.ts'),
    import('../../rewrap/envelopes.ts'),
  ]);
  await using cli = await CliEngine.open(session, options);
  const change = await AccessChange.open(session, cli, options);
  if (options.forget === true) return await change.forget('reseal');
  if (options.resume === true) return await change.resume('reseal');
  const { keyring } = cli.home;
  const chosen = options.key ?? (await keyring.defaults()).map(({ key }) => key);
  const add = await Promise.all(
    chosen.map(async (key) => await destination(keyring, key, { signal: session.signal })),
  );
  const choice = { add, remove: [], replace: [] };
  return await change.begin({ work: 'reseal', paths: await givenPaths(paths), choice, leaveUntried: false });
}
