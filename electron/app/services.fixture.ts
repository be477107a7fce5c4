/** @file For tests: the whole work of the window, with a desktop that notes what it is asked for. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AccessView } from '../../shared/access-view.ts';
import type { EventName, PayloadOf } from '../../shared/contract.ts';
import type { Batch, JobsChange, Prompt, Row, StartRequest } from '../../shared/desktop.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { HealthView } from '../../shared/health-view.ts';
import { Grants } from '../ipc/grants.ts';
import type { Shell, SheetWindow, ShownDocument, Work } from '../ipc/services.ts';
import type { Picture } from '../recovery/scan.ts';
import type { SheetLanguage } from '../recovery/sheet-text.ts';
import { ManagedStore } from '../settings/managed.ts';
import { findPlaces, type Places } from '../settings/places.ts';
import type { Updater } from '../updates/updates.ts';
import { FakeStorage } from './storage.fixture.ts';
import { makeWork } from './services.ts';
import { FakeSheet } from './sheet-window.fixture.ts';

type Handlers = { [Name in EventName]: (payload: PayloadOf<Name>) => void };

const nothing = (): void => {};

/** A page and a desktop, as the work sees them. */
export class FakeDesktop implements Shell {
  readonly grants = new Grants();
  /** Events as the page gets them. */
  readonly sent: { name: EventName; payload: unknown }[] = [];
  readonly shown: string[] = [];
  readonly opened: string[] = [];
  readonly binned: string[] = [];
  /** Pages that were opened in the browser. */
  readonly pages: string[] = [];
  /** What the person does there. */
  onPage: ((url: string) => void) | undefined;
  readonly sheets: FakeSheet[] = [];
  /** By path: what a picture file shows. */
  readonly pictures = new Map<string, Picture>();
  saveTo: string | undefined;
  /** Names that were suggested for what is saved. */
  readonly suggested: string[] = [];
  spoken: SheetLanguage = 'en';
  picked: string | undefined;
  updater: Updater | 'no-feed' | 'package' = 'no-feed';
  /** As the page would know them from what was sent. */
  readonly rows = new Map<string, Row>();
  readonly batches = new Map<string, Batch>();
  health: HealthView | undefined;
  access: AccessView | undefined;
  prompt: Prompt | undefined;
  /** The questions that were shown, in their order. */
  readonly asked: Prompt[] = [];
  /** Answers questions as they come, if there is one. */
  answer: ((prompt: Prompt) => void) | undefined;
  readonly #waiting = new Set<() => void>();
  readonly #handlers: Handlers = {
    jobsChanged: (change) => {
      this.#apply(change);
    },
    promptChanged: (prompt) => {
      this.prompt = prompt;
      if (prompt === undefined) return;
      this.asked.push(prompt);
      this.answer?.(prompt);
    },
    filesArrived: nothing,
    testProgress: nothing,
    healthChanged: (view) => {
      this.health = view;
    },
    accessChanged: (view) => {
      this.access = view;
    },
    signInChanged: nothing,
    locateProgress: nothing,
    copiesMove: nothing,
    waitingChanged: nothing,
    updatesChanged: nothing,
    settingsChanged: nothing,
  };

  readonly send = <Name extends EventName>(name: Name, payload: PayloadOf<Name>): void => {
    // Everything that crosses must be a plain value.
    const crossed = structuredClone(payload);
    this.sent.push({ name, payload: crossed });
    this.#handlers[name](crossed);
    for (const look of this.#waiting) look();
  };

  async askWhereToSave(name: string): Promise<string | undefined> {
    this.suggested.push(name);
    return await Promise.resolve(this.saveTo);
  }

  async askForFile(): Promise<string | undefined> {
    return await Promise.resolve(this.picked);
  }

  language(): SheetLanguage {
    return this.spoken;
  }

  async showSheet(sheet: ShownDocument): Promise<SheetWindow> {
    const shown = new FakeSheet(sheet.html('nonce'));
    this.sheets.push(shown);
    return await Promise.resolve(shown);
  }

  async readPicture(file: string): Promise<Picture> {
    const picture = this.pictures.get(file);
    if (picture === undefined) throw new EnvelopeError('picture-unreadable', 'no picture', { path: file });
    return await Promise.resolve({ ...picture, pixels: Uint8Array.from(picture.pixels) });
  }

  async openUpdater(): Promise<Updater | 'no-feed' | 'package'> {
    return await Promise.resolve(this.updater);
  }

  showInFolder(file: string): void {
    this.shown.push(file);
  }

  async openFile(file: string): Promise<void> {
    await Promise.resolve(this.opened.push(file));
  }

  async openSignInPage(url: string): Promise<void> {
    await Promise.resolve(this.pages.push(url));
    this.onPage?.(url);
  }

  async moveToBin(file: string): Promise<void> {
    this.binned.push(file);
    await rm(file, { recursive: true });
  }

  /** Waits until what was sent makes `condition` true. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    const met = Promise.withResolvers<undefined>();
    const look = (): void => {
      if (condition()) met.resolve(undefined);
    };
    this.#waiting.add(look);
    await met.promise;
    this.#waiting.delete(look);
  }

  async ended(batch: string): Promise<Batch> {
    const state = (): string | undefined => this.batches.get(batch)?.state;
    await this.until(() => state() === 'ended' || state() === 'cancelled');
    const ended = this.batches.get(batch);
    if (ended === undefined) throw new Error('it was there a moment ago');
    return ended;
  }

  rowsOf(batch: string): Row[] {
    return [...this.rows.values()].filter((row) => row.batch === batch);
  }

  #apply({ rows, batches, gone }: JobsChange): void {
    for (const row of rows) this.rows.set(row.id, row);
    for (const batch of batches) this.batches.set(batch.id, batch);
    for (const id of gone) {
      this.rows.delete(id);
      this.batches.delete(id);
    }
  }
}

/** One run of the program in a folder of its own. */
export type TestRun = AsyncDisposable & { work: Work; desktop: FakeDesktop };

/** Whatever this machine's administrator says. */
const noneManaged = new ManagedStore({
  file: path.join(import.meta.dirname, 'none', 'policy.json'),
  owner: 0,
});

export class TestHome implements AsyncDisposable {
  readonly folder: string;
  readonly places: Places;
  readonly storage = new FakeStorage();
  /** What an administrator has laid down, from the next run on; nothing unless a test says so. */
  managed: ManagedStore | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    this.places = findPlaces({ ENVELOPE_HOME: path.join(folder, 'home') });
  }

  static async create(): Promise<TestHome> {
    return new TestHome(await realpath(await mkdtemp(path.join(tmpdir(), 'envelope-work-'))));
  }

  async run(): Promise<TestRun> {
    const desktop = new FakeDesktop();
    const { places, storage, managed = noneManaged } = this;
    const work = await makeWork(desktop, { places, storage, platform: 'linux', scryptWork: 4, managed });
    return {
      work,
      desktop,
      async [Symbol.asyncDispose]() {
        await work[Symbol.asyncDispose]();
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Ids of grants of `paths`. */
export async function granted({ grants }: FakeDesktop, ...paths: string[]): Promise<string[]> {
  const { grants: given, refused } = await grants.grant(paths);
  if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused)}`);
  return given.map(({ id }) => id);
}

type SealRequest = Extract<StartRequest, { operation: 'seal' }>;

export function toSeal(grants: string[], more: Partial<SealRequest['choices']> = {}): SealRequest {
  const choices = {
    keys: [],
    labels: {},
    hideNames: false,
    archive: false,
    collision: 'keep-both' as const,
    binOriginals: false,
    again: false,
  };
  return { operation: 'seal', grants, choices: { ...choices, ...more } };
}

export function toOpen(grants: string[], more: object = {}): StartRequest {
  return { operation: 'open', grants, choices: { collision: 'keep-both', ...more } };
}
