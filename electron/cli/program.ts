import { Command } from 'commander';
import { addCopies } from './commands/copies.ts';
import { addHealth } from './commands/health.ts';
import { addInspect } from './commands/inspect.ts';
import { addKeys } from './commands/keys.ts';
import { addLocate } from './commands/locate.ts';
import { addOpen } from './commands/open.ts';
import { addReseal } from './commands/reseal.ts';
import { addRewrap } from './commands/rewrap.ts';
import { addPolicy } from './commands/policy.ts';
import { addSeal } from './commands/seal.ts';
import { addVerify } from './commands/verify.ts';
import { exitCodes } from './exit-code.ts';
import type { Session, SessionOptions } from './session.ts';
import { readVersion } from './version.ts';

/** Runs the work of a command. It resolves to an exit code; an EnvelopeError out of it is printed by the caller. */
export type Run = (options: SessionOptions, work: (session: Session) => Promise<number>) => Promise<void>;

const about = `
A sealed file is a pair: report.pdf.enc, the encrypted bytes, and report.pdf.envelope,
which says which keys open it. Without --key the key of this computer seals; it is made
at its first use.

Examples:
  envelope seal report.pdf
  envelope seal docs --to sealed --key alias/team --key age1…
  envelope open report.pdf.envelope --to opened
  envelope verify sealed
  envelope inspect sealed/report.pdf.envelope
  envelope health /mnt/archive
  envelope keys

A name that begins with - is given after --:  envelope seal -- -report.pdf

Exit codes:
${Object.entries(exitCodes)
  .map(([code, meaning]) => `  ${code.padEnd(4)}${meaning}`)
  .join('\n')}

Variables: ENVELOPE_HOME, a folder for keys and settings; ENVELOPE_PASSPHRASE and
ENVELOPE_NEW_PASSPHRASE, where there is no terminal to ask on; AWS_PROFILE, AWS_REGION
and the others of AWS.`;

/** The whole command line. `run` is called by the command that was given. */
export function createProgram(run: Run): Command {
  const program = new Command('envelope')
    .description('Seals files with envelope encryption: only the keys you choose open them again.')
    .version(readVersion())
    .exitOverride()
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', about);
  addSeal(program, run);
  addOpen(program, run);
  addVerify(program, run);
  addRewrap(program, run);
  addReseal(program, run);
  addInspect(program, run);
  addLocate(program, run);
  addCopies(program, run);
  addHealth(program, run);
  addKeys(program, run);
  addPolicy(program, run);
  return program;
}
