/** @file The window's look at the health of envelopes: one at a time, its result kept until the next. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { EnvelopeError, type ErrorRecord, isEnvelopeError } from '../../shared/errors.ts';
import type { HealthCounts, HealthFile, HealthSummary } from '../../shared/health.ts';
import type { HealthFormat, HealthGroup, HealthView } from '../../shared/health-view.ts';
import type { Engine } from '../envelope/engine.ts';
import { verify } from '../envelope/verify.ts';
import { exportHealth } from '../health/export.ts';
import { groupOf, groupsOf } from '../health/groups.ts';
import { checkHealth, type HealthParts } from '../health/scan.ts';
import { Spool } from '../health/spool.ts';
import type { Home } from './home.ts';

type Asked = { paths: readonly string[]; deep: boolean; unlock: boolean };

type Look = {
  id: string;
  asked: Asked;
  abort: AbortController;
  spool: Spool;
  counts: HealthCounts;
  path: string;
  waits: boolean;
  over: Promise<void>;
  ended?: { summary?: HealthSummary; error?: ErrorRecord };
};

const nothing: HealthCounts = {
  folders: 0,
  envelopes: 0,
  bytes: 0,
  opens: 0,
  alone: 0,
  links: 0,
  verified: 0,
  verifiedBytes: 0,
  problems: {},
};

export class HealthDesk implements AsyncDisposable {
  readonly #home: Home;
  readonly #engine: Engine;
  readonly #onChange: (view: HealthView) => void;
  #look: Look | undefined;
  #beginning: Promise<unknown> = Promise.resolve();

  constructor(home: Home, engine: Engine, onChange: (view: HealthView) => void) {
    this.#home = home;
    this.#engine = engine;
    this.#onChange = onChange;
  }

  /** The look that runs, or the last one. */
  get view(): HealthView | undefined {
    return this.#look && viewOf(this.#look);
  }

  /** Begins; what was found before is forgotten, and what runs is cancelled. @returns the id of the look */
  async start(asked: Asked): Promise<string> {
    // One after the other: of two that begin at once the second is the one that stays.
    const mine = this.#beginning.catch(() => undefined).then(async () => await this.#begin(asked));
    this.#beginning = mine;
    return await mine;
  }

  async #begin(asked: Asked): Promise<string> {
    await this.#forget();
    await this.#home.connections.all();
    this.#home.forgiveRefusals();
    const look: Look = {
      id: randomUUID(),
      asked,
      abort: new AbortController(),
      spool: await Spool.open(this.#home.places.desktopFolder),
      counts: nothing,
      path: '',
      waits: false,
      over: Promise.resolve(),
    };
    this.#look = look;
    look.over = this.#home.prompts.inBatch(look.id, async () => {
      await this.#run(look);
    });
    this.#tell(look);
    return look.id;
  }

  cancel(): void {
    this.#look?.abort.abort();
  }

  /** Called when another question is open, or another work waits for one. */
  questionsChanged(): void {
    const look = this.#look;
    if (look === undefined || look.ended !== undefined) return;
    const waits = this.#home.prompts.waiting.has(look.id);
    if (waits === look.waits) return;
    look.waits = waits;
    this.#tell(look);
  }

  /** Files of a group, a page at a time. @throws EnvelopeError `usage` if nothing was looked at; `io-failed` */
  async files(group: string, from: number, count: number): Promise<HealthFile[]> {
    return await this.#last().spool.files(group, from, count);
  }

  /** @throws EnvelopeError `usage` unless `arn` is a KMS key of the result */
  needKey(arn: string): void {
    const keys = this.#last().ended?.summary?.keys ?? [];
    if (keys.some(({ provider, key }) => provider === 'aws-kms' && key === arn)) return;
    throw new EnvelopeError('usage', 'no such key of a KMS was found');
  }

  /** Errors as {@link exportHealth}; `usage` while it runs. */
  async exportTo(file: string, format: HealthFormat): Promise<void> {
    const { ended, spool } = this.#last();
    if (ended?.summary === undefined) throw new EnvelopeError('usage', 'there is no result yet');
    await exportHealth(file, format, { summary: ended.summary, files: spool.all() });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#forget();
  }

  #last(): Look {
    if (this.#look === undefined) throw new EnvelopeError('usage', 'nothing was looked at');
    return this.#look;
  }

  async #forget(): Promise<void> {
    const look = this.#look;
    if (look === undefined) return;
    look.abort.abort();
    await look.over;
    look.spool[Symbol.dispose]();
    if (this.#look === look) this.#look = undefined;
  }

  async #run(look: Look): Promise<void> {
    const { asked, abort, spool } = look;
    try {
      const { folder, own } = await this.#home.copies.config();
      const names = await this.#home.names();
      const request = { paths: asked.paths, exclude: [folder, own] };
      const summary = await checkHealth(this.#parts(asked, abort.signal, names), request, {
        signal: abort.signal,
        onFile: (file) => {
          spool.add(file, groupsOf(file));
        },
        onProgress: ({ counts, path: at }) => {
          look.counts = counts;
          look.path = at;
          this.#tell(look);
        },
      });
      look.ended = { summary };
    } catch (error) {
      look.ended = { error: isEnvelopeError(error) ? error.toRecord() : bug };
      if (!isEnvelopeError(error)) throw error;
    } finally {
      this.#tell(look);
    }
  }

  #parts({ deep, unlock }: Asked, signal: AbortSignal, names: (key: string) => string): HealthParts {
    const home = this.#home;
    const need = async <T>(provider: 'aws-kms' | 'local', key: string, work: () => Promise<T>): Promise<T> =>
      await home.prompts.need({ keys: [{ provider, key }] }, work);
    return {
      keyring: home.keyring,
      local: home.local,
      unlock,
      needLocal: async (key, work) => await need('local', key, work),
      kms: {
        opening: async (key) => await home.connections.opening(key),
        checkAccount: async (arn) => {
          await home.keyring.checkAccount(arn);
        },
        again: () => {
          const since = home.sessions.renewals;
          return async (error, tries) => await home.sessions.again(error, tries, since, signal);
        },
        need: async (key, work) => await need('aws-kms', key, work),
      },
      nameOf: (key) => {
        const name = names(key);
        return name === key ? undefined : name;
      },
      verify: deep
        ? async (file, run) => {
            const { size, requestIds } = await verify(this.#engine, file, run);
            return { size, calls: requestIds.length };
          }
        : undefined,
    };
  }

  #tell(look: Look): void {
    if (this.#look === look) this.#onChange(viewOf(look));
  }
}

const bug: ErrorRecord = { code: 'bug', message: 'the look ended unexpectedly', details: {} };

function stateOf({ ended, waits }: Look): HealthView['state'] {
  if (ended === undefined) return waits ? 'waiting' : 'running';
  if (ended.error !== undefined) return 'failed';
  return ended.summary?.cancelled === true ? 'cancelled' : 'ended';
}

function viewOf(look: Look): HealthView {
  const { id, asked, counts, ended, spool } = look;
  const summary = ended?.summary;
  return {
    id,
    state: stateOf(look),
    deep: asked.deep,
    places: asked.paths.map((given) => path.basename(given) || given),
    counts: summary ?? counts,
    path: look.path,
    ...(summary === undefined ? {} : { result: { summary, groups: groupsIn(spool) } }),
    ...(ended?.error === undefined ? {} : { error: ended.error }),
  };
}

function groupsIn(spool: Spool): HealthGroup[] {
  return spool.groups.map(groupOf);
}
