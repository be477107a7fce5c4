import { CommanderError } from 'commander';
import { EnvelopeError } from '../../shared/errors.ts';
import { DONE, exitCodeOf, USAGE } from './exit-code.ts';
import { createProgram, type Run } from './program.ts';
import { Session } from './session.ts';
import { Cancellation } from './signals.ts';

/** Runs the command line `args` and returns its exit code. Whatever throws out of here is a bug. */
export async function main(args: readonly string[]): Promise<number> {
  using cancellation = new Cancellation();
  let exitCode: number = DONE;
  const run: Run = async (options, work) => {
    const session = new Session(options, cancellation.signal);
    try {
      await session.secrets.readFiles();
      exitCode = await work(session);
    } catch (error) {
      if (!(error instanceof EnvelopeError)) throw error;
      session.fail(error);
      exitCode = exitCodeOf(error.code);
    } finally {
      session.screen.show('');
    }
  };
  try {
    await createProgram(run).parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed what it has to say: help, the version, or what it did not understand.
    exitCode = error.exitCode === 0 ? DONE : USAGE;
  }
  return cancellation.exitCode ?? exitCode;
}
