/** @file Many files under a KMS key: where waiting for the answers counts, and how many calls a second are allowed. */
import path from 'node:path';
import { HOME, newKey } from '../../../e2e/kms-stand-in/fixture.ts';
import { startKms, type StandIn } from '../../../e2e/kms-stand-in/start.ts';
import type { KmsConnection } from '../../../shared/kms.ts';
import { findPlaces } from '../../../electron/settings/places.ts';
import { SettingsStore } from '../../../electron/settings/store.ts';
import type { Contest } from './contest.ts';
import { writeFiles } from './many-files.ts';
import type { Workshop } from './workshop.ts';

/** Milliseconds until the KMS answers: one in the next country. */
const ANSWERS_AFTER = 25;
/** As many as a connection may be allowed. */
const CALLS_PER_SECOND = 1_000;
const ONE_AFTER_ANOTHER = path.join(import.meta.dirname, 'one-after-another.ts');
const SECOND = 1_000;

/** The most of `times` (milliseconds, in order) that lie within any one second. */
export function mostInASecond(times: readonly number[]): number {
  let [most, first] = [0, 0];
  for (const [last, time] of times.entries()) {
    while (time - (times[first] ?? time) >= SECOND) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** A KMS that answers after {@link ANSWERS_AFTER}, and files for it. */
export class KmsCalls implements AsyncDisposable {
  readonly #kms: StandIn;
  readonly #shop: Workshop;
  readonly #count: number;
  readonly #key: string;
  /** The most calls of ours in any second of all runs, at most {@link allowed}. */
  most = 0;
  readonly allowed = CALLS_PER_SECOND;

  private constructor(kms: StandIn, shop: Workshop, count: number) {
    this.#kms = kms;
    this.#shop = shop;
    this.#count = count;
    this.#key = newKey(kms).arn;
  }

  static async prepare(shop: Workshop, count: number): Promise<KmsCalls> {
    const kms = await startKms();
    kms.faults.add({ kind: 'delay', ms: ANSWERS_AFTER });
    writeFiles(shop.at('many'), count);
    const connection: KmsConnection = {
      name: 'bench',
      credentials: { kind: 'default' },
      region: HOME,
      endpoint: kms.endpoint,
      callsPerSecond: CALLS_PER_SECOND,
    };
    const { settingsFile } = findPlaces({ ENVELOPE_HOME: shop.at('home') });
    await new SettingsStore(settingsFile).update((all) => ({ ...all, connections: [connection] }));
    return new KmsCalls(kms, shop, count);
  }

  get contest(): Contest {
    const shop = this.#shop;
    const user = { AWS_ACCESS_KEY_ID: 'AKIABENCH', AWS_SECRET_ACCESS_KEY: 'not-a-secret', AWS_REGION: HOME };
    const env = { ...process.env, ...user };
    const script = [ONE_AFTER_ANOTHER, this.#kms.endpoint, this.#key, 'many', 'fresh'];
    const reset = (): void => {
      shop.remove('fresh');
    };
    return {
      name: `seal ${this.#count} files under a KMS key, a call takes ${ANSWERS_AFTER} ms`,
      work: { count: this.#count, unit: 'files' },
      contestants: [
        shop.program('one after another', process.execPath, script, {
          options: { cwd: shop.folder, env },
          reset,
        }),
        shop.envelope('envelope seal', ['seal', 'many', '--to', 'fresh', '--key', this.#key], {
          options: { cwd: shop.folder, env: { ...env, ENVELOPE_HOME: shop.at('home') } },
          reset: () => {
            this.most = Math.max(this.most, mostInASecond(this.#kms.calls.splice(0).map(({ at }) => at)));
            reset();
          },
        }),
      ],
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#kms.stop();
  }
}
