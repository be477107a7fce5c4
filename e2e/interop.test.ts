/** @file What the command line seals, the Python opener opens: it knows nothing but FORMAT.md. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import {
  access,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInterop, LineProcess, type Opened, script } from './interop/python.ts';
import { type Moto, startMoto } from './kms-stand-in/moto.ts';
import { lcg32, sha256 } from './vector.ts';

const cli = fileURLToPath(new URL('../electron/cli.ts', import.meta.url));
const run = promisify(execFile);

/** moto takes any credentials; every account it has is this one. */
const aws = {
  AWS_ACCESS_KEY_ID: 'testing',
  AWS_SECRET_ACCESS_KEY: 'testing',
  AWS_EC2_METADATA_DISABLED: 'true',
};
const ACCOUNT = 'aws:123456789012';

type Sealed = { envelope: string; body: string };

/** Names, bytes, times and modes of all that is below `root`. */
async function treeOf(root: string): Promise<Record<string, unknown>> {
  const tree: Record<string, unknown> = {};
  for (const name of await readdir(root, { recursive: true })) {
    const file = path.join(root, name);
    const stats = await stat(file, { bigint: true });
    const bytes = stats.isFile() ? sha256(await readFile(file)) : 'folder';
    tree[name] = { bytes, modified: stats.mtimeNs / 1_000_000n, mode: stats.mode & 0o777n };
  }
  return tree;
}

describeInterop('opener.py on what the command line sealed', (python) => {
  let home: string;
  let opener: LineProcess<string[], Opened>;
  let keyFile: string;
  let identity: string;
  let recipient: string;

  async function envelope(...args: string[]): Promise<string> {
    const environment = { ...process.env, ...aws, ENVELOPE_HOME: path.join(home, 'home') };
    const { stdout } = await run(process.execPath, [cli, ...args], {
      cwd: home,
      env: { ...environment, ENVELOPE_NEW_PASSPHRASE: 'correct horse' },
    });
    return stdout;
  }

  async function seal(...args: string[]): Promise<Sealed[]> {
    const lines = (await envelope('seal', '--json', ...args)).trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Sealed);
  }

  /** A file, or with a name that ends in `/` a folder, below the home of this test. */
  async function make(name: string, bytes: Uint8Array, mode: number, seconds: number): Promise<string> {
    const file = path.join(home, name);
    await mkdir(name.endsWith('/') ? file : path.dirname(file), { recursive: true });
    if (!name.endsWith('/')) await writeFile(file, bytes);
    await chmod(file, mode);
    // As text, because Node takes a number below 0 for now.
    await utimes(file, String(seconds), String(seconds));
    return file;
  }

  /** Opens by Python into an empty folder and compares with `source`, name, bytes, time and mode. */
  async function expectOpens(sealed: Sealed, source: string, ...args: string[]): Promise<void> {
    const folder = await mkdtemp(path.join(home, 'opened-'));
    const out = path.join(folder, path.basename(source));
    const { verdict, said } = await opener.ask([sealed.envelope, '--out', out, ...args]);
    expect(verdict, said).toBe('ok');
    const beside = await mkdtemp(path.join(home, 'expected-'));
    await run('cp', ['-a', source, beside]);
    expect(await treeOf(folder)).toEqual(await treeOf(beside));
  }

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'envelope-interop-'));
    opener = new LineProcess(python, 'opener_many.py', aws);
    identity = path.join(home, 'identity');
    await run('age-keygen', ['-o', identity]);
    recipient = (await run('age-keygen', ['-y', identity])).stdout.trim();
    // The two commands of e2e/interop/README.md: our program backs a key up, age opens the backup.
    await envelope('seal', await make('first', new Uint8Array(), 0o644, 0));
    await envelope('keys', 'backup', 'local', path.join(home, 'key.backup'));
    keyFile = path.join(home, 'key.json');
    await run(python, [script('age_passphrase.py'), path.join(home, 'key.backup'), keyFile, 'correct horse']);
  });

  afterAll(async () => {
    await opener[Symbol.asyncDispose]();
    await rm(home, { recursive: true, force: true });
  });

  it.each([
    ['empty', 0, 0o600],
    ['one byte', 1, 0o444],
    ['report.pdf', 1_048_520, 0o644],
    ['Übersicht 😀.bin', 3 * 1_048_576 + 7, 0o755],
  ])('with the local key: %s', async (name, length, mode) => {
    const source = await make(`local/${name}`, lcg32({ seed: 1, length }), mode, 1_700_000_000.123);
    const [sealed] = await seal(source, '--label', 'project=apollo');
    await expectOpens(sealed!, source, '--key-file', keyFile);
  });

  it('with an age identity, hidden name and renamed files', async () => {
    const source = await make('age/secret plans', lcg32({ seed: 2, length: 5000 }), 0o640, 1_600_000_000.999);
    const [sealed] = await seal(source, '--key', recipient, '--hide-names');
    expect(path.basename(sealed!.envelope)).not.toContain('secret');
    await run('mv', [sealed!.body, path.join(home, 'age', 'x.enc')]);
    await run('mv', [sealed!.envelope, path.join(home, 'age', 'y.envelope')]);
    const moved = { ...sealed!, envelope: path.join(home, 'age', 'y.envelope') };
    await expectOpens(moved, source, '--identity', identity);
    const { said } = await opener.ask([
      moved.envelope,
      '--out',
      path.join(home, 'no'),
      '--key-file',
      keyFile,
    ]);
    expect(said).toContain('no identity was given');
  });

  it.each([
    ['shown', []],
    ['hidden', ['--hide-names']],
  ])('a folder as one archive, its name %s', async (name, options) => {
    const long = `${'long '.repeat(30)}name`;
    await make(`${name}/a/ä/deep.txt`, Buffer.from('deep'), 0o600, 1_500_000_000.25);
    await make(`${name}/a/${long}`, lcg32({ seed: 3, length: 1_200_000 }), 0o755, -1.5);
    await make(`${name}/a/empty/`, new Uint8Array(), 0o700, 1_400_000_000);
    await make(`${name}/a/ä/`, new Uint8Array(), 0o755, 1_400_000_000.001);
    await make(`${name}/a/`, new Uint8Array(), 0o750, 1_300_000_000);
    const source = await make(`${name}/`, new Uint8Array(), 0o755, 1_200_000_000);
    const [sealed] = await seal(source, '--archive', '--to', path.join(home, `${name}-sealed`), ...options);
    await expectOpens(sealed!, source.replace(/\/$/, ''), '--key-file', keyFile);
  });

  it('refuses every pair with one byte changed, and leaves nothing behind', async () => {
    const source = await make('flip/note', Buffer.from('attack at dawn'), 0o644, 1_700_000_000);
    const [sealed] = await seal(source);
    const target = await mkdtemp(path.join(home, 'nothing-'));
    for (const file of [sealed!.envelope, sealed!.body]) {
      const bytes = await readFile(file);
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
        await writeFile(file, changed);
        const args = [sealed!.envelope, '--out', path.join(target, 'note'), '--key-file', keyFile];
        const { verdict, said } = await opener.ask(args);
        expect(verdict, `byte ${String(at)} of ${file}: ${said}`).toBe('refused');
      }
      await writeFile(file, bytes);
    }
    expect(await readdir(target)).toEqual([]);
    await expectOpens(sealed!, source, '--key-file', keyFile);
  });

  it('overwrites nothing', async () => {
    const source = await make('taken/note', Buffer.from('attack at dawn'), 0o644, 1_700_000_000);
    const [sealed] = await seal(source);
    const { verdict, said } = await opener.ask([sealed!.envelope, '--out', source, '--key-file', keyFile]);
    expect([verdict, said]).toEqual(['refused', expect.stringContaining('exists already')]);
    await access(source, constants.R_OK);
  });

  it('with a KMS key, by moto, and only in an account that was allowed', async () => {
    await using moto: Moto = await startMoto(python);
    const kms = ['--endpoint', moto.endpoint, '--region', 'eu-central-1'];
    await envelope('keys', 'aws', 'create', 'alias/interop', '--yes', ...kms);
    const source = await make('kms/contract', lcg32({ seed: 4, length: 2000 }), 0o644, 1_650_000_000.5);
    const [sealed] = await seal(source, '--key', 'alias/interop', '--label', 'case=42', ...kms);
    const endpoint = ['--endpoint', moto.endpoint];
    const refused = await opener.ask([sealed!.envelope, '--out', path.join(home, 'no'), ...endpoint]);
    expect([refused.verdict, refused.said]).toEqual(['refused', expect.stringContaining(ACCOUNT)]);
    await expectOpens(sealed!, source, '--account', ACCOUNT, ...endpoint);
  });
});
