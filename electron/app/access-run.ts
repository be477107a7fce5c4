/** @file Running a change of who can open in the window: which keys are meant, what is asked of whom, and the proof. */
import type { AccessWanted } from '../../shared/access-view.ts';
import { EnvelopeError, type ErrorRecord } from '../../shared/errors.ts';
import type { AccessProof } from '../../shared/rewrap.ts';
import type { Engine } from '../envelope/engine.ts';
import { overSession } from '../jobs/sessions.ts';
import type { Keyring } from '../keys/keyring.ts';
import { destination, goneKeys, resolveChoice } from '../rewrap/choice.ts';
import { prove } from '../rewrap/proof.ts';
import type { RunRecord } from '../rewrap/record.ts';
import { removedKeys } from '../rewrap/removed-keys.ts';
import type { RunEvent, RunResult } from '../rewrap/run.ts';
import { runWork, type Wanted } from '../rewrap/work.ts';
import type { Gate } from '../rewrap/gate.ts';
import type { Home } from './home.ts';

/** The keys that are meant. @throws EnvelopeError `usage` if nothing is chosen; as `resolveChoice` */
export async function wantedOf(
  wanted: AccessWanted,
  { keyring, paths }: { keyring: Keyring; paths: readonly string[] },
): Promise<Wanted> {
  const same = { paths: [...paths] };
  if (wanted.work === 'rewrap') {
    const choice = await resolveChoice(keyring, wanted);
    return { ...same, work: 'rewrap', choice, leaveUntried: wanted.leaveUntried };
  }
  const add = await Promise.all(wanted.keys.map(async (key) => await destination(keyring, key)));
  if (add.length === 0) throw new EnvelopeError('usage', 'no key was chosen');
  return { ...same, work: 'reseal', choice: { add, remove: [], replace: [] }, leaveUntried: false };
}

export type RunParts = {
  home: Home;
  engine: Engine;
  signal: AbortSignal;
  gate: Gate;
  onEvent: (event: RunEvent) => void;
  done: ReadonlySet<string> | undefined;
};

/** `stopped`: the session that was over, where nobody signed in. */
export type Ran = RunResult & { stopped?: ErrorRecord };

/**
 * Does what a record says. Where a session is over and nobody signs in, it stops instead of failing one by one: the rest
 * can be gone on with. Errors as `runRewrap`.
 */
export async function runRecord(
  record: RunRecord,
  { home, engine, signal, gate, onEvent, done }: RunParts,
): Promise<Ran> {
  const { sessions, approveAccount } = home;
  const stop = new AbortController();
  const begun = sessions.renewals;
  const tried = new Map<string, number>();
  let stopped: ErrorRecord | undefined;
  const result = await runWork(engine, record, {
    signal: AbortSignal.any([signal, stop.signal]),
    gate,
    approveAccount,
    onEvent,
    done,
    again: async (error, file, tries) => {
      const again = await sessions.again(error, tries, tried.get(file) ?? begun, signal);
      if (again) tried.set(file, sessions.renewals);
      else if (!signal.aborted && overSession(error.toRecord()) !== undefined) {
        stopped = overSession(error.toRecord())?.error;
        stop.abort();
      }
      return again;
    },
  });
  return { ...result, ...(stopped === undefined ? {} : { stopped }) };
}

/** The proof, noted in the record; undefined where no key went. Errors as `prove`. */
export async function proveRecord(
  record: RunRecord,
  { home, signal }: Pick<RunParts, 'home' | 'signal'>,
  options: { askKms: boolean; onCount: (envelopes: number) => void },
): Promise<AccessProof | undefined> {
  const { work, choice, paths } = record.head;
  const keys = work === 'rewrap' ? goneKeys(choice) : await removedKeys(record.file);
  if (keys.length === 0) return undefined;
  const proof = await prove(home.keyring, paths, keys, { ...options, signal });
  await record.proof(proof);
  return proof;
}
