/** @file The window's work, set up: engine, queue, and what an interrupted run has left. Needs no Electron. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { SettingsView } from '../../shared/contract.ts';
import type { JobsChange, Row } from '../../shared/desktop.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Engine } from '../envelope/engine.ts';
import { Journal } from '../files/journal.ts';
import { type Recovered, recover } from '../files/recover.ts';
import { log, traceOf } from '../ipc/log.ts';
import { makeWorkRoutes } from '../ipc/routes.ts';
import type { Shell, Work } from '../ipc/services.ts';
import { History } from '../jobs/history.ts';
import { Prompts } from '../jobs/prompts.ts';
import { Queue } from '../jobs/queue.ts';
import { createStreamPool } from '../stream/pool.ts';
import { AccessDesk } from './access-desk.ts';
import { accessToTaskbar } from './access-taskbar.ts';
import type { LabourChange } from './taskbar.ts';
import type { Updates } from '../updates/updates.ts';
import { HealthDesk } from './health-desk.ts';
import { Home, type HomeOptions } from './home.ts';
import { Listeners } from './listeners.ts';
import { RecoveryDesk } from './recovery-desk.ts';
import { SignIns } from './sign-ins.ts';
import { SettingsDesk } from './settings-desk.ts';
import { updatesFor } from './updates-for.ts';
import { WaitingWork } from './waiting-work.ts';

/** What every route may use. */
export type Services = {
  readonly shell: Shell;
  readonly home: Home;
  readonly queue: Queue;
  readonly health: HealthDesk;
  readonly access: AccessDesk;
  readonly signIns: SignIns;
  readonly journal: Journal;
  readonly recovery: RecoveryDesk;
  readonly waiting: WaitingWork;
  readonly updates: Updates;
  /** The settings as the page sees them, read now. */
  settingsView(): Promise<SettingsView>;
  /** The same, once everybody was told that they changed. */
  settingsChanged(): Promise<SettingsView>;
};

/** Tells the page of the question that is open, whenever it is another one. */
function questionsTo({ send }: Shell, prompts: () => Prompts): () => void {
  let shown: string | undefined;
  return () => {
    const { open } = prompts();
    if (open?.id === shown) return;
    shown = open?.id;
    send('promptChanged', open);
  };
}

function engineFor(home: Home, shell: Shell): Engine & AsyncDisposable {
  const pool = createStreamPool({ givesWay: true });
  const journal = Journal.open(home.places.journalFolder);
  return {
    pool,
    journal,
    copies: home.copies,
    keyring: home.keyring,
    moveToBin: async (file) => {
      await shell.moveToBin(file).catch((error: unknown) => {
        throw new EnvelopeError('io-failed', 'the bin did not take it', { path: file }, error);
      });
    },
    async [Symbol.asyncDispose]() {
      await pool[Symbol.asyncDispose]();
      await journal.close();
    },
  };
}

function signInsFor({ connections, prompts }: Home, shell: Shell, waiting: WaitingWork): SignIns {
  return new SignIns({
    connections,
    openPage: async (url) => await shell.openSignInPage(url),
    tell: (connection, signIn) => shell.send('signInChanged', { connection, signIn }),
    onSignedIn: (signedIn) => {
      for (const connection of signedIn) prompts.signedIn(connection);
      waiting.soon();
    },
  });
}

function accessFor(home: Home, engine: Engine, shell: Shell, toTaskbar: (change: LabourChange) => void) {
  const show = accessToTaskbar(toTaskbar);
  return new AccessDesk(home, engine, (view) => {
    shell.send('accessChanged', view);
    show(view);
  });
}

/** Files that wait for a KMS key. What is added, or dropped, is told to their rows. */
function waitingFor(
  { home, engine, queue }: { home: Home; engine: Engine; queue: Queue },
  isBusy: () => boolean,
  shell: Shell,
): WaitingWork {
  const work = new WaitingWork({
    engine,
    home,
    isBusy,
    tell: (view) => shell.send('waitingChanged', view),
    onTried: async ({ was, note, changed, state }) => {
      if (changed === undefined && state === 'waits') return;
      const names = await home.names();
      queue.keysChanged(was, {
        place: changed?.envelope ?? note.envelope,
        ...(changed === undefined ? {} : { keys: changed.keys.map(names) }),
        waiting: note.keys.map(({ key }) => names(key)),
      });
    },
    onError: (error) => log(traceOf(error)),
  });
  home.onWaiting = work.changed;
  return work;
}

type Running = Pick<
  Services,
  'queue' | 'home' | 'health' | 'access' | 'signIns' | 'recovery' | 'waiting' | 'updates'
> & {
  prompts: Prompts;
  engine: AsyncDisposable;
};

/** What uses the engine goes before it, and the keys go last. */
async function endAll(running: Running) {
  const { prompts, updates, signIns, recovery, waiting, health, access, queue, engine, home } = running;
  prompts.close();
  updates[Symbol.dispose]();
  signIns[Symbol.dispose]();
  recovery[Symbol.dispose]();
  await waiting[Symbol.asyncDispose]();
  await health[Symbol.asyncDispose]();
  await access[Symbol.asyncDispose]();
  await queue[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  home[Symbol.dispose]();
}

/** Sets everything up and treats what an interrupted run has left. */
export async function makeWork(shell: Shell, options: Omit<HomeOptions, 'prompts'>): Promise<Work> {
  const jobs = new Listeners<LabourChange>();
  const tellQuestion = questionsTo(shell, () => prompts);
  const prompts = new Prompts(() => {
    tellQuestion();
    queue.questionsChanged();
    health.questionsChanged();
    access.questionsChanged();
  });
  const home = await Home.open({ ...options, prompts, onSettings: () => settings.changedMeanwhile() });
  const history = await History.open(home.places.historyFile);
  const engine = engineFor(home, shell);
  const onChange = (change: JobsChange): void => {
    shell.send('jobsChanged', change);
    jobs.tell(change);
  };
  const queue = new Queue({ engine, prompts, sessions: home.sessions, history, onChange });
  const recovery = new RecoveryDesk({ shell, home, engine, queue });
  const health = new HealthDesk(home, engine, (view) => shell.send('healthChanged', view));
  const access = accessFor(home, engine, shell, (change) => jobs.tell(change));
  const isBusy = (): boolean => queue.busy || access.busy;
  const settings = await SettingsDesk.open(home, shell.send);
  const waiting = waitingFor({ home, engine, queue }, isBusy, shell);
  const signIns = signInsFor(home, shell, waiting);
  const { journal } = engine;
  const updates = updatesFor(home, isBusy, shell);
  const desks = { health, access, signIns, recovery, waiting, updates };
  const services = {
    shell,
    home,
    queue,
    ...desks,
    journal,
    settingsView: async () => await settings.view(),
    settingsChanged: async () => await settings.changed(),
  };
  await recoverInto(queue, home.places.journalFolder);
  return {
    routes: makeWorkRoutes(services),
    keyStore: home.keyStore,
    get settings() {
      return settings.settings;
    },
    isBusy,
    onJobs: (listener) => jobs.add(listener),
    onSettings: (listener) => settings.changes.add(listener),
    [Symbol.asyncDispose]: async () => await endAll({ prompts, queue, engine, home, ...desks }),
  };
}

/** What was found of a run that did not end well becomes rows. What cannot be read now is there at the next start. */
async function recoverInto(queue: Queue, folder: string): Promise<void> {
  try {
    await recover(folder, (recovered) => {
      const row = rowOf(recovered);
      if (row !== undefined) queue.note(row);
    });
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
  }
}

function rowOf(recovered: Recovered): Row | undefined {
  if (recovered.did === 'nothing') return undefined;
  const { entry, did } = recovered;
  const now = new Date().toISOString();
  const place =
    did === 'finished' ? recovered.envelope : 'paths' in recovered ? recovered.paths[0] : undefined;
  const noted = entry?.kind === 'seal' ? entry.folder : (entry?.partial ?? '');
  return {
    id: `${randomUUID()}/0`,
    batch: 'recovery',
    operation: entry?.kind === 'open' ? 'open' : 'seal',
    name: path.basename(place ?? noted),
    state: did === 'finished' ? 'done' : did === 'failed' ? 'failed' : 'cancelled',
    size: 0,
    done: 0,
    speed: 0,
    started: now,
    ended: now,
    requestIds: [],
    keys: [],
    binned: false,
    notes: [{ code: `run-${did}` }],
    ...(did === 'finished' || did === 'kept' ? { place: place ?? noted } : {}),
    ...(did === 'failed' ? { error: recovered.error } : {}),
  };
}
