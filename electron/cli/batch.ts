import type { BatchOptions, BatchResult } from '../jobs/job.ts';
import { BatchReport, type Deed } from './batch-report.ts';
import { sayDenied } from './denied.ts';
import { exitCodeOfAll } from './exit-code.ts';
import type { Home } from './home.ts';
import { signInAgain } from './sign-in.ts';
import type { Session } from './session.ts';
import { waitForLocalDisks } from './wait-for-disks.ts';

/** `home`: whose sessions may be renewed in between. `paths`: everything that is read and written, as it was named. */
type At = { home: Home; paths: readonly (string | undefined)[] };

/** Runs a batch with its report and returns the exit code. */
export async function runBatch<Value>(
  session: Session,
  { home, paths }: At,
  deed: Deed<Value>,
  work: (options: BatchOptions<Value>) => Promise<BatchResult>,
): Promise<number> {
  await waitForLocalDisks(home, paths);
  const report = new BatchReport(session.screen, deed, session.json);
  const result = await work({
    signal: session.signal,
    onEvent: report.onEvent,
    again: signInAgain(session, home),
  });
  report.finish(result);
  const operation = deed.operation === 'seal' ? 'seal' : 'open';
  if (!session.json) await sayDenied(session, home, report.refusals, operation);
  return exitCodeOfAll(report.failures);
}
