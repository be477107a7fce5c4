import type { Engine } from '../envelope/engine.ts';
import { systemBin } from '../files/bin.ts';
import { Journal } from '../files/journal.ts';
import { type Recovered, recover } from '../files/recover.ts';
import type { StreamRunner } from '../stream/job.ts';
import { createStreamPool } from '../stream/pool.ts';
import { displayPath } from './display-path.ts';
import { explain } from './explain.ts';
import { Home, type HomeOptions } from './home.ts';
import type { Screen } from './screen.ts';
import type { Session } from './session.ts';
import { waitForLocalDisks } from './wait-for-disks.ts';

/**
 * What a command is about to do. `paths`: everything that is read and written, as it was named. `pool`: started for it, and
 * the engine's from then on.
 */
export type Beginning = { paths: readonly (string | undefined)[]; pool: StreamRunner };

/** The engine of one command, and what it stands on. */
export class CliEngine implements AsyncDisposable {
  readonly home: Home;
  readonly engine: Engine & AsyncDisposable;

  constructor(home: Home, pool: StreamRunner = createStreamPool()) {
    const journal = Journal.open(home.places.journalFolder);
    this.home = home;
    this.engine = {
      pool,
      journal,
      copies: home.copies,
      keyring: home.keyring,
      moveToBin: systemBin,
      async [Symbol.asyncDispose]() {
        await pool[Symbol.asyncDispose]();
        await journal.close();
      },
    };
  }

  /** Opens everything and first treats what an earlier run that was killed has left. */
  static async open(session: Session, options: HomeOptions, work?: Beginning): Promise<CliEngine> {
    const home = await Home.open(session, options);
    await recover(home.places.journalFolder, (recovered) => {
      tell(session.screen, recovered);
    });
    // Not before: what an earlier run has left may lie anywhere.
    if (work !== undefined) await waitForLocalDisks(home, work.paths);
    return new CliEngine(home, work?.pool);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.engine[Symbol.asyncDispose]();
    this.home[Symbol.dispose]();
  }
}

/** Says what was found of a run that did not end well. */
function tell(screen: Screen, recovered: Recovered): void {
  switch (recovered.did) {
    case 'finished':
      screen.say(`An earlier run was interrupted; it was finished: ${displayPath(recovered.envelope)}`);
      break;
    case 'removed':
      screen.say('An earlier run was interrupted; its unfinished files were removed:');
      for (const path of recovered.paths) screen.say(`  ${displayPath(path)}`);
      break;
    case 'kept':
      screen.warn(
        'An earlier run was interrupted; these are kept, for they may be the only way to open a body:',
      );
      for (const path of recovered.paths) screen.warn(`  ${displayPath(path)}`);
      break;
    case 'waits':
      screen.say(
        `An earlier run was interrupted on a disk that is not there: ${recovered.paths.map((path) => displayPath(path)).join(', ')}`,
      );
      break;
    case 'failed':
      screen.warn('What an earlier run left could not be treated:');
      for (const line of explain(recovered.error)) screen.warn(`  ${line}`);
      break;
    case 'nothing':
      break;
  }
}
