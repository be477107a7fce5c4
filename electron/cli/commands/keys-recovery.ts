import type { Command } from 'commander';
import type { DrillOptions } from '../keys-recovery.ts';
import type { NewRecoveryOptions } from '../new-recovery-key.ts';
import { addOutputOptions, collect, notEmpty } from '../options.ts';
import type { SessionOptions } from '../session.ts';
import type { RunAtHome } from './with-home.ts';

const about = `
A recovery key opens what was sealed if every other key is lost. It is made once and
shown once, as a sheet for a printer with a QR code, and kept nowhere: only its public
half is, and every new envelope is sealed for that too, whatever keys are chosen. The
sheet opens them on any computer: “envelope open FILE.envelope --identity -” asks for
the key, and what it says on the sheet does it without this program.

Examples:
  envelope keys recovery                            what is in use, and when it was tried
  envelope keys recovery new --sheet sheet.pdf      print it, and remove the file
  envelope keys recovery drill                      type the key: does the sheet open?
  envelope keys recovery drill a.envelope --identity key.txt
  envelope keys recovery use age1…                  the recovery key of another computer
  envelope keys recovery opener > opener.py         the program that the sheet speaks of
`;

const work = async () => await import('../keys-recovery.ts');

/** Adds `envelope keys recovery` and everything below it. */
export function addRecovery(keys: Command, atHome: RunAtHome): void {
  const recovery = keys.command('recovery').description('make, try and forget the recovery key');
  recovery.addHelpText('after', about);
  const status = recovery.command('status', { isDefault: true }).description('say which one is in use');
  addOutputOptions(status).action(async (options: SessionOptions) => {
    await atHome(options, async (session, home) => await (await work()).showRecovery(session, home));
  });
  addMaking(recovery, atHome);
  addTrying(recovery, atHome);
  const forget = recovery
    .command('forget')
    .description('seal for it no more; what was sealed stays open to its sheet')
    .option('--yes', 'do not ask');
  addOutputOptions(forget).action(async (options: SessionOptions & { yes?: boolean }) => {
    await atHome(options, async (session, home) => {
      return await (await work()).forgetRecovery(session, home, options.yes === true);
    });
  });
}

function addMaking(recovery: Command, atHome: RunAtHome): void {
  const fresh = recovery
    .command('new')
    .description('make one and its sheet, and use it once the sheet is there')
    .option('--sheet <file>', 'write the sheet to this new file: .pdf, .html or .txt', notEmpty)
    .option('--print', 'without --sheet: print the key even where it goes into a pipe or a file')
    .option('--yes', 'use it without asking for the last group of the sheet');
  addOutputOptions(fresh).action(async (options: SessionOptions & NewRecoveryOptions) => {
    await atHome(options, async (session, home) => {
      const { newRecoveryKey } = await import('../new-recovery-key.ts');
      return await newRecoveryKey(session, home, options);
    });
  });
  const use = recovery
    .command('use')
    .description('use the recovery key of another computer, whose sheet you have')
    .argument('<recipient>', 'its public half, age1…, as its sheet has it');
  addOutputOptions(use).action(async (recipient: string, options: SessionOptions) => {
    await atHome(options, async (session, home) => {
      return await (await work()).takeRecoveryKey(session, home, recipient);
    });
  });
}

function addTrying(recovery: Command, atHome: RunAtHome): void {
  const drill = recovery
    .command('drill')
    .description('prove that the sheet opens an envelope, without writing anything')
    .argument('[envelope]', 'which; else the last that the window has sealed')
    .option(
      '-i, --identity <file>',
      'the key in a file, or - for the standard input; else it is asked for',
      collect,
    )
    .option('--body <file>', 'the body, if it is not beside its one envelope', notEmpty);
  addOutputOptions(drill).action(
    async (envelope: string | undefined, { identity, ...options }: SessionOptions & DrillOptions) => {
      await atHome(options, async (session, home) => {
        const given = { ...options, ...(identity === undefined ? {} : { identity }) };
        return await (await work()).drillRecovery(session, home, envelope, given);
      });
    },
  );
  const opener = recovery
    .command('opener')
    .description('write the Python program that opens without this one')
    .argument('[file]', 'a new file; else it is printed');
  addOutputOptions(opener).action(async (file: string | undefined, options: SessionOptions) => {
    await atHome(options, async (session) => await (await work()).writeOpener(session, file));
  });
}
