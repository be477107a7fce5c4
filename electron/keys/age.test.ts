import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Encrypter, generateHybridIdentity } from 'age-encryption';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WrappedKey } from '../../shared/envelope.ts';
import { groupsOf } from '../../shared/identity-text.ts';
import { AgeKeys, isRecipient } from './age.ts';
import { type AgeIdentity, newIdentity, readIdentities } from './age-identity.ts';
import { DataKey } from './data-key.ts';

let folder: string;
let mine: AgeIdentity;
let other: AgeIdentity;
let keys: AgeKeys;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-age-'));
  [mine, other] = [await newIdentity(), await newIdentity()];
  keys = new AgeKeys([mine]);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function onDisk(text: string): Promise<string> {
  const file = path.join(folder, 'identities.txt');
  await writeFile(file, text);
  return file;
}

/** An age file for `recipients` with any plaintext, as an entry for us. */
async function entryOf(plain: Uint8Array, ...recipients: string[]): Promise<WrappedKey> {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return { provider: 'age', key: mine.recipient, wrapped: await encrypter.encrypt(plain) };
}

const damaged = { code: 'key-damaged' };

describe('AgeKeys (FORMAT.md section 4, age)', () => {
  it.each([0, 31, 33, 64])('refuses a plaintext of %d bytes', async (length) => {
    const entry = await entryOf(new Uint8Array(length), mine.recipient);
    await expect(keys.unwrap(entry)).rejects.toMatchObject(damaged);
  });

  it('refuses a wrapped key of more than 1024 bytes that would open', async () => {
    const entry = await entryOf(new Uint8Array(32), mine.recipient, ...Array(9).fill(other.recipient));
    expect(entry.wrapped.length).toBeGreaterThan(1024);
    await expect(keys.unwrap(entry)).rejects.toMatchObject(damaged);
  });

  it('does not open a file for another recipient under our name', async () => {
    const entry = await entryOf(new Uint8Array(32), other.recipient);
    await expect(keys.unwrap(entry)).rejects.toMatchObject(damaged);
  });

  it('does not open a file under a passphrase, and asks for none', async () => {
    const encrypter = new Encrypter();
    encrypter.setPassphrase('correct horse');
    encrypter.setScryptWorkFactor(5);
    const wrapped = await encrypter.encrypt(new Uint8Array(32));
    const entry: WrappedKey = { provider: 'age', key: mine.recipient, wrapped };
    await expect(keys.unwrap(entry)).rejects.toMatchObject(damaged);
  });

  it('refuses any altered byte', async () => {
    using dataKey = DataKey.generate();
    const { entry } = await keys.wrap(mine.recipient, dataKey);
    for (let at = 0; at < entry.wrapped.length; at++) {
      const wrapped = Uint8Array.from(entry.wrapped);
      wrapped[at]! ^= 0x01;
      await expect(keys.unwrap({ ...entry, wrapped })).rejects.toMatchObject(damaged);
    }
  });

  it('says "not mine" for a recipient whose identity it does not have', async () => {
    using dataKey = DataKey.generate();
    const { entry } = await keys.wrap(other.recipient, dataKey);
    await expect(keys.unwrap(entry)).resolves.toBeUndefined();
    await expect(new AgeKeys().unwrap(entry)).resolves.toBeUndefined();
  });

  it('wraps to nothing but X25519 recipients', async () => {
    const { identityToRecipient } = await import('age-encryption');
    const typo = mine.recipient.slice(0, -1) + (mine.recipient.endsWith('q') ? 'p' : 'q');
    const hybrid = await identityToRecipient(await generateHybridIdentity());
    using dataKey = DataKey.generate();
    for (const key of [typo, hybrid, mine.recipient.toUpperCase(), mine.identity, 'age1', '']) {
      expect(await isRecipient(key)).toBe(false);
      await expect(keys.wrap(key, dataKey)).rejects.toMatchObject({ code: 'key-not-found' });
      await expect(keys.describe(key)).rejects.toMatchObject({ code: 'key-not-found' });
    }
  });

  it('wraps and unwraps', async () => {
    const { dataKey, entry } = await keys.generate(mine.recipient, {});
    expect(entry).toMatchObject({ provider: 'age', key: mine.recipient });
    expect(entry.wrapped.length).toBeLessThanOrEqual(1024);
    using opened = (await keys.unwrap(entry))?.dataKey;
    expect(opened?.bytes).toEqual(dataKey.bytes);
    dataKey.wipe();
  });

  it('opens with an identity that is lent, until it is taken back', async () => {
    using dataKey = DataKey.generate();
    const lent = new AgeKeys();
    const { entry } = await lent.wrap(other.recipient, dataKey);
    lent.lend(other);
    expect(lent.lent).toEqual([other.recipient]);
    using opened = (await lent.unwrap(entry))?.dataKey;
    expect(opened?.bytes).toEqual(dataKey.bytes);
    lent.takeBack();
    expect(lent.lent).toEqual([]);
    await expect(lent.unwrap(entry)).resolves.toBeUndefined();
  });

  it('knows which keys it can open with', async () => {
    expect(await keys.describe(mine.recipient)).toMatchObject({ canSeal: true, canOpen: true });
    expect(await keys.describe(other.recipient)).toMatchObject({ canSeal: true, canOpen: false });
    await expect(keys.rewrap()).resolves.toBeUndefined();
  });
});

describe('readIdentities', () => {
  it.each([
    ['a plugin', 'AGE-PLUGIN-YUBIKEY-1QQPQ', 1],
    ['an SSH key', '# mine\n-----BEGIN OPENSSH PRIVATE KEY-----', 2],
    ['a recipient', 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq', 1],
    ['a wrong checksum', `\n\nAGE-SECRET-KEY-1${'Q'.repeat(58)}`, 3],
  ])('refuses %s, naming the line and not what it says', async (_, text, line) => {
    const file = await onDisk(text);
    const error: unknown = await readIdentities(file).catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ code: 'key-damaged', details: { path: file, line } });
    expect(String(error) + JSON.stringify(error)).not.toContain('SECRET-KEY');
  });

  it('refuses a file without an identity, a folder, a file that is not there and one that is too long', async () => {
    await expect(readIdentities(await onDisk('# nothing\n'))).rejects.toMatchObject(damaged);
    await expect(readIdentities(await onDisk('#'.repeat(65_537)))).rejects.toMatchObject(damaged);
    await expect(readIdentities(folder)).rejects.toMatchObject({ code: 'source-special' });
    await expect(readIdentities(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'source-missing' });
  });

  it('reads one identity in the groups of a sheet', async () => {
    const groups = groupsOf(mine.identity).join(' ').toLowerCase();
    expect(await readIdentities(await onDisk(`age-secret-key-1\n${groups}\n`))).toEqual([mine]);
  });

  it('reads what age-keygen writes, on any system', async () => {
    const text = `# created: now\r\n# public key: ${mine.recipient}\r\n${mine.identity}\r\n\r\n${other.identity}\r\n`;
    expect(await readIdentities(await onDisk(text))).toEqual([mine, other]);
  });
});

/** The version of the `age` tool, or undefined where it is not installed. */
function ageVersion(): string | undefined {
  try {
    return execFileSync('age', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

const version = ageVersion();

describe.runIf(version !== undefined)(`the age tool, ${String(version)}`, () => {
  it('opens what we wrap, and we open what it wraps', async () => {
    using dataKey = DataKey.generate();
    const identities = path.join(folder, 'mine.txt');
    await writeFile(identities, `${mine.identity}\n`);
    const { entry } = await keys.wrap(mine.recipient, dataKey);
    const plain = execFileSync('age', ['-d', '-i', identities], { input: entry.wrapped });
    expect(Uint8Array.from(plain)).toEqual(dataKey.bytes);

    const wrapped = execFileSync('age', ['-r', mine.recipient], { input: dataKey.bytes });
    using opened = (await keys.unwrap({ ...entry, wrapped }))?.dataKey;
    expect(opened?.bytes).toEqual(dataKey.bytes);
  });

  it('makes identities that we read', async () => {
    const file = path.join(folder, 'keygen.txt');
    execFileSync('age-keygen', ['-o', file], { stdio: 'ignore' });
    const [identity] = await readIdentities(file);
    expect(await readFile(file, 'utf8')).toContain(`# public key: ${identity?.recipient}`);
  });
});
