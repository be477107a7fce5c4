/** @file For tests: stores of copies with settings of their own. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { type CopiesSettings, defaultCopies } from '../../shared/copies.ts';
import { defaultSettings } from '../../shared/settings.ts';
import { freshFolder, type TestEngine } from '../envelope/engine.fixture.ts';
import { Copies } from './copies.ts';
import { copyPlace } from './copy-file.ts';

export type FreshStore = { own: string; copies: CopiesSettings; store: Copies };

/** A store with settings of its own, which a test may change. */
export async function freshStore(
  engine: TestEngine,
  more: Partial<CopiesSettings> = {},
  options: ConstructorParameters<typeof Copies>[2] = {},
): Promise<FreshStore> {
  const own = path.join(await freshFolder(engine), 'envelopes');
  const copies = { ...defaultCopies, ...more };
  return { own, copies, store: storeAt(own, copies, options) };
}

/** A store as another process sees it. */
export function storeAt(
  own: string,
  copies: CopiesSettings,
  options: ConstructorParameters<typeof Copies>[2] = {},
): Copies {
  const settings = { load: async () => await Promise.resolve({ ...defaultSettings, copies }) };
  return new Copies(settings, { envelopesFolder: own }, options);
}

/** A stream of 40 bytes in the shard of `like`. */
export function streamBeside(like: Uint8Array): Buffer {
  const shard = copyPlace('', like).shard;
  for (;;) {
    const stream = Buffer.concat([Buffer.from([0x28]), randomBytes(39)]);
    if (copyPlace('', stream).shard === shard) return stream;
  }
}
