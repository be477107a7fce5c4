import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Prompt } from './prompt.ts';
import { Secrets } from './secrets.ts';

let folder: string;
const file = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-secrets-'));
  await writeFile(file('old'), 'old horse\r\n');
  await writeFile(file('new'), 'new horse \n\n');
  await writeFile(file('empty'), '\n');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A person who types `answers`, each when the next question stands. */
function typist(...answers: string[]): { prompt: Prompt; shown: () => string } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (data: Buffer) => {
    shown += String(data);
    if (String(data) !== '\n') setImmediate(() => input.write(`${answers.shift() ?? ''}\n`));
  });
  const prompt = new Prompt(
    { input, output },
    new AbortController().signal,
    () => {},
    () => ({ [Symbol.dispose]() {} }),
  );
  return { prompt, shown: () => shown };
}

describe('Secrets', () => {
  it('has none without a terminal, file or variable', async () => {
    const secrets = new Secrets({ environment: {}, prompt: undefined });
    expect(await secrets.existing('it')).toBeUndefined();
    expect(await secrets.fresh('it')).toBeUndefined();
    await expect(secrets.mfaCode('arn')).rejects.toMatchObject({ code: 'credentials-mfa' });
  });

  it('asks for an MFA code, and says when the last one was wrong', async () => {
    const { prompt, shown } = typist(' 123456 ', '654321');
    const secrets = new Secrets({ environment: {}, prompt });
    expect(await secrets.mfaCode('arn:mfa/a')).toBe('123456');
    expect(shown()).not.toContain('not taken');
    expect(await secrets.mfaCode('arn:mfa/a', true)).toBe('654321');
    expect(shown()).toContain('That code was not taken. MFA code of arn:mfa/a: ');
  });

  it('refuses an empty or missing file rather than going on to another source', async () => {
    const environment = { ENVELOPE_PASSPHRASE: 'x' };
    const empty = new Secrets({ environment: { ...environment }, prompt: undefined, file: file('empty') });
    await expect(empty.existing('it')).rejects.toMatchObject({ code: 'usage' });
    const missing = new Secrets({ environment, prompt: undefined, file: file('none') });
    await expect(missing.existing('it')).rejects.toMatchObject({ code: 'usage' });
  });

  it('reads its files ahead, and once: one may be a pipe', async () => {
    const reread = file('reread');
    await writeFile(reread, 'first');
    const secrets = new Secrets({ environment: {}, prompt: undefined, file: reread });
    await secrets.readFiles();
    await rm(reread);
    expect([await secrets.existing('it'), await secrets.existing('it')]).toEqual(['first', 'first']);
    const missing = new Secrets({ environment: {}, prompt: undefined, newFile: file('none') });
    await expect(missing.readFiles()).rejects.toMatchObject({
      code: 'usage',
      details: { reason: expect.stringContaining('does not exist') as string },
    });
  });

  it('prefers the file, takes one line break off, and leaves nothing in the environment', async () => {
    const environment: NodeJS.ProcessEnv = { ENVELOPE_PASSPHRASE: 'variable', OTHER: '1' };
    const secrets = new Secrets({ environment, prompt: undefined, file: file('old') });
    expect(await secrets.existing('it')).toBe('old horse');
    expect(environment).toEqual({ OTHER: '1' });
    expect(await new Secrets({ environment, prompt: undefined, file: file('new') }).existing('it')).toBe(
      'new horse \n',
    );
  });

  it('never sets anew the passphrase that has just opened the old', async () => {
    const environment = { ENVELOPE_PASSPHRASE: 'old' };
    const secrets = new Secrets({ environment, prompt: undefined });
    expect(await secrets.fresh('it')).toBe('old');
    expect(await secrets.existing('it')).toBe('old');
    expect(await secrets.fresh('it')).toBeUndefined();
    const both = new Secrets({
      environment: { ENVELOPE_NEW_PASSPHRASE: 'n' },
      prompt: undefined,
      file: file('old'),
    });
    expect([await both.existing('it'), await both.fresh('it')]).toEqual(['old horse', 'n']);
  });

  it('asks for a new one twice, until both are the same', async () => {
    const { prompt, shown } = typist('', 'one', 'two', 'three', 'three');
    expect(await new Secrets({ environment: {}, prompt }).fresh('“key”')).toBe('three');
    expect(shown()).toContain('These were not the same. New passphrase for “key”: ');
    expect(shown()).not.toContain('three');
  });

  it('says that it was wrong when it asks again, which it does only a person', async () => {
    const { prompt, shown } = typist('right');
    const typed = new Secrets({ environment: {}, prompt });
    expect(await typed.forKey({ kind: 'unlock', name: 'key', again: true })).toBe('right');
    expect(shown()).toContain('That was not it. Passphrase of “key”: ');
    expect(typed.areTyped).toBe(true);
    expect(new Secrets({ environment: { ENVELOPE_PASSPHRASE: 'x' }, prompt }).areTyped).toBe(false);
    expect(new Secrets({ environment: {}, prompt, file: file('old') }).areTyped).toBe(false);
    expect(new Secrets({ environment: {}, prompt: undefined }).areTyped).toBe(false);
  });

  it('gives up after three mistakes', async () => {
    const { prompt } = typist('a', 'b', 'c', 'd', 'e', 'f');
    expect(await new Secrets({ environment: {}, prompt }).fresh('it')).toBeUndefined();
  });
});
