/** @file Looking at the health of many envelopes: where nothing counts but finding, reading and asking. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Sealing } from '../../../electron/envelope/sealing.ts';
import { AgeKeys } from '../../../electron/keys/age.ts';
import { Keyring } from '../../../electron/keys/keyring.ts';
import { LocalKeys } from '../../../electron/keys/local.ts';
import { LocalStore } from '../../../electron/keys/local-store.ts';
import { findPlaces } from '../../../electron/settings/places.ts';
import { SettingsStore } from '../../../electron/settings/store.ts';
import { readStreamHeader } from '../../../electron/stream/header.ts';
import { nonce, sealSegment } from '../../../electron/stream/segment.ts';
import { TAG_BYTES } from '../../../electron/stream/sizes.ts';
import type { Contest } from './contest.ts';
import type { Workshop } from './workshop.ts';

const BYTES = 64;
const IN_A_FOLDER = 100;

/** `count` valid pairs under the local key of the workshop, without the fsyncs of sealing. */
export async function writeEnvelopes(shop: Workshop, folder: string, count: number): Promise<void> {
  const places = findPlaces({ ENVELOPE_HOME: shop.at('home') });
  const localStore = new LocalStore(places.keysFolder);
  const keyring = new Keyring({
    local: new LocalKeys(localStore),
    localStore,
    age: new AgeKeys(),
    aws: async () => await Promise.reject(new Error('this bench has no KMS')),
    settings: new SettingsStore(places.settingsFile),
  });
  const keys = [await keyring.resolve('local')];
  for (let n = 0; n < count; n++) {
    const inner = shop.at(folder, `folder ${Math.floor(n / IN_A_FOLDER)}`);
    if (n % IN_A_FOLDER === 0) mkdirSync(inner, { recursive: true });
    const plain = { kind: 'file', name: `file ${n}`, size: BYTES, modifiedMs: 0, mode: 0o644 } as const;
    const options = { id: randomUUID(), keys, labels: { project: 'apollo' }, hideNames: false };
    using sealing = await Sealing.prepare(keyring, plain, options);
    const prefix = readStreamHeader(sealing.stream)?.prefix ?? new Uint8Array(0);
    const segment = new Uint8Array(BYTES + TAG_BYTES);
    sealSegment(sealing.fileKey, nonce(prefix, 0, true), segment);
    writeFileSync(path.join(inner, `file ${n}.enc`), Buffer.concat([sealing.stream, segment]));
    writeFileSync(path.join(inner, `file ${n}.envelope`), sealing.envelope);
  }
  localStore[Symbol.dispose]();
}

/** The contest of `count` envelopes, beside a program that only lists them. */
export async function manyEnvelopes(shop: Workshop, count: number): Promise<Contest> {
  const folder = `envelopes-${count}`;
  await writeEnvelopes(shop, folder, count);
  return {
    name: `health of ${count} envelopes`,
    work: { count, unit: 'files' },
    contestants: [
      shop.program('find (names only)', 'find', [folder, '-name', '*.envelope']),
      shop.envelope('envelope health', ['health', folder]),
    ],
  };
}
