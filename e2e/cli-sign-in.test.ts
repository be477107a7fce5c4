/** @file Signing in from the command line: the code, what is said and kept, and a session that ends in a batch. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Home } from '../electron/cli/home.ts';
import { Session } from '../electron/cli/session.ts';
import { signInAgain } from '../electron/cli/sign-in.ts';
import { Prompt } from '../electron/cli/prompt.ts';
import { AwsKmsProvider } from '../electron/keys/aws/provider.ts';
import { EnvelopeError } from '../shared/errors.ts';
import { coded, sealed } from './kms-stand-in/fixture.ts';
import type { Ran } from './run-cli.ts';
import { usePlace } from './use-place.ts';
import { useSignIn } from './sso-stand-in/fixture.ts';
import { START_URL } from './sso-stand-in/address.ts';

const work = useSignIn();
const place = usePlace();

const aws = (...words: string[]): string[] => ['keys', 'aws', ...words];

async function run(args: readonly string[], answer?: 'approve' | 'deny' | 'kill'): Promise<Ran> {
  return await place.run(args, {
    env: work.home.environment,
    onStart: (child) => {
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const [, code] = / {2}code {2}([A-Z]{4}-[A-Z]{4})\n/.exec(said) ?? [];
        if (code === undefined || answer === undefined) return;
        said = '';
        if (answer === 'kill') child.kill('SIGKILL');
        else work.kms.sso.answer(code, answer);
      });
    },
  });
}

const connect = async (...more: string[]): Promise<Ran> =>
  await run([
    ...aws('connect', 'company', '--endpoint', work.kms.endpoint, '--region', 'eu-central-1'),
    ...more,
  ]);

const signsIn = [
  '--sso-start-url',
  START_URL,
  '--sso-region',
  'eu-central-1',
  '--sso-account',
  '111122223333',
];

function everythingKept(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return files.map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8')).join('\n');
}

describe('envelope keys aws sign-in', () => {
  it('shows page and code, keeps the token where the AWS tools do, and says no more', async () => {
    await connect(...signsIn, '--sso-role', 'Sealer');
    writeFileSync(place.at('a.txt'), 'a');
    expect((await run(['seal', 'a.txt', '--key', work.key])).err).toContain('There is no AWS session');
    const ran = await run(aws('sign-in'), 'approve');
    expect(ran).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^signed in until .* UTC, and renewed by itself/),
    });
    expect(ran.err).toContain(`${work.kms.endpoint}/device?user_code=`);
    const { sso } = work.kms;
    expect(work.home.token(START_URL)['accessToken']).toBe(sso.tokens.secrets[0]);
    const said = [ran.out, ran.err, everythingKept(place.homeOf())].join('\n');
    for (const secret of [...sso.tokens.secrets, ...sso.deviceCodes]) expect(said).not.toContain(secret);
    expect((await run(['seal', 'a.txt', '--key', work.key])).code).toBe(0);
    expect(work.kms.calls.at(-1)?.accessKeyId).toMatch(/^ASIA/);
  });

  it('is for a profile too, and for programs', async () => {
    await connect();
    const ran = await run(aws('sign-in', '--profile', 'person', '--json'), 'approve');
    expect(ran.lines()).toMatchObject([
      { state: 'confirm', userCode: expect.any(String), url: expect.any(String) },
      { state: 'signed-in', renews: true },
    ]);
    expect(work.home.token('corp')).toMatchObject({ startUrl: START_URL });
  });

  it('that is declined, or for nothing to sign in to, ends with the reason', async () => {
    await connect(...signsIn, '--sso-role', 'Sealer');
    const declined = await run(aws('sign-in'), 'deny');
    expect(declined).toMatchObject({ code: 3, err: expect.stringContaining('declined in the browser') });
    const none = await run(aws('sign-in', '--profile', 'keys', '--endpoint', work.kms.endpoint));
    expect(none).toMatchObject({
      code: 2,
      err: expect.stringContaining('do not come from IAM Identity Center'),
    });
  });

  it('that is killed half way leaves no half token', async () => {
    await connect(...signsIn, '--sso-role', 'Sealer');
    work.home.write(START_URL, { accessToken: 'before', expiresAt: '2020-01-01T00:00:00Z' });
    const killed = await run(aws('sign-in'), 'kill');
    expect(killed.code).toBeNull();
    expect(work.home.token(START_URL)).toEqual({ accessToken: 'before', expiresAt: '2020-01-01T00:00:00Z' });
    // The registration, which was whole by then, is used by the next.
    expect((await run(aws('sign-in'), 'approve')).code).toBe(0);
    expect(work.count('RegisterClient')).toBe(1);
  });

  it('takes the four options of a connection together or not at all', async () => {
    expect((await connect(...signsIn)).err).toContain('go together');
    expect((await connect(...signsIn, '--sso-role', 'A', '--profile', 'x')).code).toBe(2);
    const plain = signsIn.map((word) => (word === START_URL ? 'http://portal.example' : word));
    expect((await connect(...plain, '--sso-role', 'A')).err).toContain('must be https');
  });
});

describe('a session that ends in a batch', () => {
  const expired = (connection: string): EnvelopeError =>
    new EnvelopeError('credentials-expired', 'x', { connection });

  /** A session on a terminal whose person answers `says`. */
  async function onTerminal(says: string): Promise<{ session: Session; home: Home; asked: string[] }> {
    const session = new Session({ quiet: true }, new AbortController().signal);
    const prompt = new Prompt(
      { input: process.stdin, output: process.stderr },
      session.signal,
      () => {},
      () => session.screen.hold(),
    );
    const asked: string[] = [];
    vi.spyOn(prompt, 'ask').mockImplementation(async (question) => {
      asked.push(question);
      return await Promise.resolve(says);
    });
    Object.assign(session, { prompt });
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      const [, code] = / {2}code {2}([A-Z]{4}-[A-Z]{4})/.exec(String(text)) ?? [];
      if (code !== undefined) work.kms.sso.answer(code, 'approve');
      return true;
    });
    vi.stubEnv('ENVELOPE_HOME', place.homeOf());
    const home = await Home.open(session, {
      profile: 'person',
      region: 'eu-central-1',
      endpoint: work.kms.endpoint,
    });
    return { session, home, asked };
  }

  it('is offered a sign-in once for all files, which then go on', async () => {
    const { session, home, asked } = await onTerminal('y');
    const provider = new AwsKmsProvider(await home.connections());
    await expect(sealed(provider, work.key)).rejects.toEqual(
      coded('credentials-expired', { connection: 'default' }),
    );
    const again = signInAgain(session, home);
    const item = { index: 0, path: 'a', size: 1 };
    const all = Array.from({ length: 20 }, async () => await again(expired('default'), item, 1));
    expect(await Promise.all(all)).toEqual(Array(20).fill(true));
    expect(asked).toEqual(['Sign in now? [y/N] ']);
    await sealed(provider, work.key);
    // The session at the KMS is over, the sign-in is not: nobody is asked.
    work.kms.callers.endSessions();
    expect(await signInAgain(session, home)(expired('default'), item, 1)).toBe(true);
    expect(asked).toHaveLength(1);
    await sealed(provider, work.key);
    expect(await again(expired('default'), item, 3)).toBe(false);
    home[Symbol.dispose]();
  });

  it('is not offered one again after a no, nor where there is none', async () => {
    const { session, home, asked } = await onTerminal('n');
    await home.connections();
    const again = signInAgain(session, home);
    const item = { index: 0, path: 'a', size: 1 };
    expect(await again(expired('default'), item, 1)).toBe(false);
    expect(await again(expired('default'), item, 1)).toBe(false);
    expect(asked).toHaveLength(1);
    expect(await again(expired('other'), item, 1)).toBe(false);
    expect(await again(new EnvelopeError('disk-full', 'x', {}), item, 1)).toBe(false);
    expect(asked).toHaveLength(1);
    home[Symbol.dispose]();
  });
});
