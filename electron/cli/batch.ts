import type { BatchOptions, BatchResult } from '../jobs/job.ts';
import { BatchReport, type Deed } from './batch-report.ts';
import { sayDenied } from './denied.ts';
import { exitCodeOfAll } from './exit-code.ts';
import type { Home } from './home.ts';
import { signInAgain } from './sign-in.ts';
import type { Session } from './session.ts';
import { StormStop } from './storm-stop.ts';

/**
 * Runs a batch with its report and returns the exit code. Where a KMS refuses everything for long, it is stopped.
 * `home`: whose sessions may be renewed in between.
 */
export async function runBatch<Value>(
  session: Session,
  home: Home,
  deed: Deed<Value>,
  work: (options: BatchOptions<Value>) => Promise<BatchResult>,
): Promise<number> {
  const report = new BatchReport(session.screen, deed, session.json);
  const stop = new StormStop(session.signal);
  const again = stop.watching<Value>(signInAgain(session, home));
  const result = await work({ signal: stop.signal, onEvent: report.onEvent, again });
  report.finish(result, stop.error !== undefined);
  if (stop.error !== undefined) session.fail(stop.error);
  const operation = deed.operation === 'seal' ? 'seal' : 'open';
  if (!session.json) await sayDenied(session, home, report.refusals, operation);
  if (stop.error === undefined) return exitCodeOfAll(report.failures);
  // What was under way, or not begun, ended for that reason.
  return exitCodeOfAll([stop.error.code, ...report.failures.filter((code) => code !== 'cancelled')]);
}
