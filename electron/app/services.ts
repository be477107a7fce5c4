/** @file The window's work, set up: engine, queue, and what an interrupted run has left. Needs no Electron. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { SettingsView } from '../../shared/contract.ts';
import type { JobsChange, Row } from '../../shared/desktop.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { ManagedView } from '../../shared/managed.ts';
import { defaultSettings, type Settings } from '../../shared/settings.ts';
import type { Engine } from '../envelope/engine.ts';
import { inTurn } from '../files/in-turn.ts';
import { Journal } from '../files/journal.ts';
import { type Recovered, recover } from '../files/recover.ts';
import { makeWorkRoutes } from '../ipc/routes.ts';
import type { Shell, Unsubscribe, Work } from '../ipc/services.ts';
import { History } from '../jobs/history.ts';
import { Prompts } from '../jobs/prompts.ts';
import { Queue } from '../jobs/queue.ts';
import { createStreamPool } from '../stream/pool.ts';
import { HealthDesk } from './health-desk.ts';
import { Home, type HomeOptions } from './home.ts';
import { SignIns } from './sign-ins.ts';
import { policyId } from './seal-policies.ts';

/** What every route may use. */
export type Services = {
  readonly shell: Shell;
  readonly home: Home;
  readonly queue: Queue;
  readonly health: HealthDesk;
  readonly signIns: SignIns;
  readonly journal: Journal;
  /** The settings as the page sees them, read now. */
  settingsView(): Promise<SettingsView>;
  /** The same, once everybody was told that they changed. */
  settingsChanged(): Promise<SettingsView>;
};

/** Those who want to hear of something. */
class Listeners<T> {
  readonly #listeners = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Unsubscribe {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  tell(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

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

/** Settings that cannot be read do not keep the window shut: it is where that is said. */
async function settingsAtStart({ settings }: Home): Promise<Settings> {
  return await settings.load().catch((error: unknown) => {
    if (isEnvelopeError(error)) return defaultSettings;
    throw error;
  });
}

/** What an administrator has laid down; one that cannot be used is shown as that. */
async function managedView({ managed }: Home): Promise<ManagedView | undefined> {
  try {
    const laid = await managed.load();
    return laid === undefined ? undefined : { state: 'valid', ...laid };
  } catch (error) {
    if (!isEnvelopeError(error)) throw error;
    return { state: 'invalid', error: error.toRecord() };
  }
}

function signInsFor({ connections, prompts }: Home, shell: Shell): SignIns {
  return new SignIns({
    connections,
    openPage: async (url) => await shell.openSignInPage(url),
    tell: (connection, signIn) => shell.send('signInChanged', { connection, signIn }),
    onSignedIn: (signedIn) => {
      for (const connection of signedIn) prompts.signedIn(connection);
    },
  });
}

async function viewOf(settings: Settings, home: Home): Promise<SettingsView> {
  const managed = await managedView(home);
  const policies = Object.entries(settings.policyKeys);
  return {
    settings,
    secrets: await home.secrets.states(),
    keyStore: home.keyStore,
    policies: policies.map(([at, keys]) => ({ id: policyId(at), path: at, keys })),
    ...(managed === undefined ? {} : { managed }),
  };
}

/** Sets everything up and treats what an interrupted run has left. */
export async function makeWork(shell: Shell, options: Omit<HomeOptions, 'prompts'>): Promise<Work> {
  const jobs = new Listeners<JobsChange>();
  const changes = new Listeners<Settings>();
  const tellQuestion = questionsTo(shell, () => prompts);
  const prompts = new Prompts(() => {
    tellQuestion();
    queue.questionsChanged();
    health.questionsChanged();
  });
  const onSettings = (): void => {
    // Nobody waits for it; what cannot be read now is told by whoever asks next.
    settingsChanged().catch((error: unknown) => {
      if (!isEnvelopeError(error)) throw error;
    });
  };
  const home = await Home.open({ ...options, prompts, onSettings });
  const history = await History.open(home.places.historyFile);
  const engine = engineFor(home, shell);
  const onChange = (change: JobsChange): void => {
    shell.send('jobsChanged', change);
    jobs.tell(change);
  };
  const queue = new Queue({ engine, prompts, sessions: home.sessions, history, onChange });
  const health = new HealthDesk(home, engine, (view) => shell.send('healthChanged', view));
  let settings = await settingsAtStart(home);
  const settingsView = async (): Promise<SettingsView> => {
    settings = await home.settings.load();
    return await viewOf(settings, home);
  };
  // One after the other: the page must not hear of an older state last.
  const settingsChanged = async (): Promise<SettingsView> =>
    await inTurn(`view of ${home.places.settingsFile}`, async () => {
      const view = await settingsView();
      shell.send('settingsChanged', view);
      changes.tell(view.settings);
      return view;
    });
  const signIns = signInsFor(home, shell);
  const { journal } = engine;
  const services = { shell, home, queue, health, signIns, journal, settingsView, settingsChanged };
  await recoverInto(queue, home.places.journalFolder);
  return {
    routes: makeWorkRoutes(services),
    keyStore: home.keyStore,
    get settings() {
      return settings;
    },
    isBusy: () => queue.busy,
    onJobs: (listener) => jobs.add(listener),
    onSettings: (listener) => changes.add(listener),
    async [Symbol.asyncDispose]() {
      prompts.close();
      signIns[Symbol.dispose]();
      await health[Symbol.asyncDispose]();
      await queue[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
      home[Symbol.dispose]();
    },
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
