import type { Home, HomeOptions } from '../home.ts';
import type { Run } from '../program.ts';
import type { Session, SessionOptions } from '../session.ts';

/** Runs a command that needs keys and settings and no more. It did everything unless it returns another exit code. */
export type RunAtHome = (
  options: SessionOptions & HomeOptions,
  work: (session: Session, home: Home) => Promise<number | undefined>,
) => Promise<void>;

export function withHome(run: Run): RunAtHome {
  return async (options, work) => {
    await run(options, async (session) => {
      const { Home } = await import('../home.ts');
      using home = await Home.open(session, options);
      return (await work(session, home)) ?? 0;
    });
  };
}
