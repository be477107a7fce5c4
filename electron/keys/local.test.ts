import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WrappedKey } from '../../shared/envelope.ts';
import { DataKey } from './data-key.ts';
import { LocalKeys, localKeyId, type Masters } from './local.ts';

/** Masters in memory. */
function mastersOf(...masters: Uint8Array[]): Masters {
  const byKey = new Map(masters.map((master) => [localKeyId(master), master]));
  return {
    open: (key) => Promise.resolve(byKey.get(key)),
    describe: () => Promise.resolve(undefined),
  };
}

const context = { 'envelope-id': '0f6c2a7e-6f0e-4a53-9a55-0d1c5b0b6a11', project: 'apollo' };
const master = Uint8Array.from({ length: 32 }, (_, index) => index);
const key = localKeyId(master);
const keys = new LocalKeys(mastersOf(master));

const wrap = async (dataKey: DataKey): Promise<WrappedKey> => (await keys.wrap(key, dataKey, context)).entry;

describe('LocalKeys (FORMAT.md section 4, local)', () => {
  it('refuses a wrapped key of another length', async () => {
    using dataKey = DataKey.generate();
    const entry = await wrap(dataKey);
    expect(entry.wrapped).toHaveLength(80);
    for (const wrapped of [
      entry.wrapped.subarray(0, 79),
      Buffer.concat([entry.wrapped, Buffer.of(0)]),
      new Uint8Array(),
    ]) {
      await expect(keys.unwrap({ ...entry, wrapped }, context)).rejects.toMatchObject({
        code: 'key-damaged',
      });
    }
  });

  it('refuses any altered byte', async () => {
    using dataKey = DataKey.generate();
    const entry = await wrap(dataKey);
    for (let at = 0; at < 80; at++) {
      const wrapped = Uint8Array.from(entry.wrapped);
      wrapped[at]! ^= 0x40;
      await expect(keys.unwrap({ ...entry, wrapped }, context)).rejects.toMatchObject({
        code: 'key-damaged',
      });
    }
  });

  it('refuses another encryption context, but not another order of its members', async () => {
    using dataKey = DataKey.generate();
    const entry = await wrap(dataKey);
    for (const other of [{}, { ...context, project: 'gemini' }, { ...context, extra: 'x' }]) {
      await expect(keys.unwrap(entry, other)).rejects.toMatchObject({ code: 'key-damaged' });
    }
    const reordered = { project: 'apollo', 'envelope-id': context['envelope-id'] };
    using opened = (await keys.unwrap(entry, reordered))?.dataKey;
    expect(opened?.bytes).toEqual(dataKey.bytes);
  });

  it('says "not mine" for a key that it does not have', async () => {
    using dataKey = DataKey.generate();
    const entry = await wrap(dataKey);
    const elsewhere = new LocalKeys(mastersOf(randomBytes(32)));
    await expect(elsewhere.unwrap(entry, context)).resolves.toBeUndefined();
    await expect(elsewhere.wrap(key, dataKey, context)).rejects.toMatchObject({ code: 'key-not-found' });
    await expect(elsewhere.describe(key)).rejects.toMatchObject({ code: 'key-not-found' });
  });

  it('tries only the master that the entry names', async () => {
    using dataKey = DataKey.generate();
    const entry = await wrap(dataKey);
    const other = randomBytes(32);
    const both = new LocalKeys(mastersOf(master, other));
    await expect(both.unwrap({ ...entry, key: localKeyId(other) }, context)).rejects.toMatchObject({
      code: 'key-damaged',
    });
  });

  it('cannot rewrap without the data key', async () => {
    await expect(keys.rewrap()).resolves.toBeUndefined();
  });

  it('wraps and unwraps in any context', async () => {
    const contexts = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 7 });
    await fc.assert(
      fc.asyncProperty(contexts, fc.uint8Array({ minLength: 32, maxLength: 32 }), async (any, bytes) => {
        using dataKey = DataKey.take(Uint8Array.from(bytes));
        const { entry } = await keys.wrap(key, dataKey, any);
        using opened = (await keys.unwrap(entry, any))?.dataKey;
        expect(opened?.bytes).toEqual(bytes);
      }),
      { numRuns: 50 },
    );
  });

  it('gives every wrap its own salt', async () => {
    using dataKey = DataKey.generate();
    const [one, other] = [await wrap(dataKey), await wrap(dataKey)];
    expect(one.wrapped.subarray(0, 32)).not.toEqual(other.wrapped.subarray(0, 32));
  });

  it('generates a data key that its own entry opens', async () => {
    const generated = await keys.generate(key, context);
    using dataKey = generated.dataKey;
    using opened = (await keys.unwrap(generated.entry, context))?.dataKey;
    expect(opened?.bytes).toEqual(dataKey.bytes);
  });

  // Made with Python: hmac for HKDF-SHA-512, AESGCM of the cryptography package.
  it('agrees with another implementation', async () => {
    expect(key).toBe('local:gxFoluKSrFKSrz6RdWPHAw');
    const wrapped = Buffer.from(
      'ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1-f4CBgoOSYN0XcztFoa29zUov01LD7iS5KCv5C5vzOC9ILnQRm4GQQYj-rUhgIqfLWM1TKKQ',
      'base64url',
    );
    using opened = (await keys.unwrap({ provider: 'local', key, wrapped }, context))?.dataKey;
    expect(opened?.bytes).toEqual(Uint8Array.from({ length: 32 }, (_, index) => 0xff - index));
  });
});
