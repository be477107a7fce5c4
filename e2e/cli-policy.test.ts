/** @file The policies of folders on the command line: shown before sealing, obeyed, refused, begun and forgotten. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { usePlace } from './use-place.ts';
import { STRANGER } from './strangers.ts';

const place = usePlace();

function write(name: string, content: string | object): void {
  mkdirSync(path.dirname(place.at(name)), { recursive: true });
  writeFileSync(place.at(name), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('a policy', () => {
  it('is begun, shown, and obeyed; what it says is said before the first file', async () => {
    write('docs/a/1.txt', 'x');
    await place.json(['keys', 'new', 'team']);
    const words = [
      'policy',
      'init',
      'docs',
      '--key',
      'team',
      '--label',
      'project=apollo',
      '--output',
      'sealed',
    ];
    const [made] = await place.json(words);
    expect(JSON.parse(readFileSync(place.at('docs/.envelope-policy.json'), 'utf8'))).toEqual(
      made?.['policy'],
    );
    const again = await place.run(words);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('is not overwritten')]);
    const [shown] = await place.json(['policy', 'docs/a']);
    expect(shown).toMatchObject({
      keys: [{ spec: 'team', state: 'yours' }],
      labels: { project: 'apollo' },
      output: expect.stringMatching(/sealed$/) as string,
    });
    const ran = await place.run(['seal', 'docs']);
    expect(ran.code).toBe(0);
    expect(ran.err).toContain(
      'by the policy of docs/.envelope-policy.json: keys team; labels project=apollo; names readable; results in sealed (1 file)',
    );
    const [inspected] = await place.json(['inspect', 'docs/sealed/a/1.txt.envelope']);
    expect(inspected).toMatchObject({ labels: { project: 'apollo' }, keys: [{ name: 'team' }] });
  });

  it('that names a stranger’s key seals nothing without a terminal, unless that is said', async () => {
    write('docs/.envelope-policy.json', { version: 1, keys: [STRANGER] });
    write('docs/1.txt', 'x');
    const refused = await place.run(['seal', 'docs/1.txt', '--json']);
    expect(refused.code).toBe(3);
    expect(refused.lines()).toMatchObject([
      { state: 'policy', files: 1, keys: [{ spec: STRANGER, state: 'asked' }] },
      { state: 'failed', error: { code: 'policy-key-unknown' } },
    ]);
    expect(refused.err).toContain('--trust-policy');
    expect(existsSync(place.at('docs/1.txt.envelope'))).toBe(false);
    await place.json(['seal', 'docs/1.txt', '--trust-policy']);
    const [inspected] = await place.json(['inspect', 'docs/1.txt.envelope']);
    expect(inspected?.['keys']).toMatchObject([{ key: STRANGER }]);
    // Only for that run.
    expect((await place.run(['seal', 'docs/1.txt'])).code).toBe(3);
    expect((await place.run(['policy', 'forget', 'docs'])).code).toBe(2);
  });

  it('that is not right stops sealing there, and says where and what is allowed', async () => {
    write('docs/.envelope-policy.json', { version: 1, output: { folder: '../elsewhere' } });
    write('docs/1.txt', 'x');
    const checked = await place.run(['policy', 'docs']);
    expect([checked.code, checked.err]).toEqual([
      1,
      expect.stringContaining('“output.folder” must be "beside" or'),
    ]);
    const ran = await place.run(['seal', 'docs/1.txt', '--json']);
    expect(ran.lines().at(-1)).toMatchObject({
      error: { code: 'policy-invalid', details: { member: 'output' } },
    });
    const without = await place.run(['seal', 'docs/1.txt', '--no-policy']);
    expect([without.code, without.err]).toEqual([0, expect.stringContaining('as --no-policy says')]);
  });

  it('and what was chosen are both obeyed, or told to exclude each other', async () => {
    write('.envelope-policy.json', { version: 1, labels: { project: 'apollo' }, hideNames: true });
    write('1.txt', 'x');
    for (const words of [['--label', 'project=x'], ['--no-hide-names']]) {
      const ran = await place.run(['seal', '1.txt', '--json', ...words]);
      expect(ran.lines().at(-1)).toMatchObject({ error: { code: 'policy-conflict' } });
    }
    const [, sealed] = await place.json(['seal', '1.txt', '--label', 'phase=2', '--to', 'out']);
    const [inspected] = await place.json(['inspect', String(sealed?.['envelope'])]);
    expect(inspected).toMatchObject({ labels: { project: 'apollo', phase: '2' } });
    expect(path.basename(String(sealed?.['envelope']))).not.toContain('1.txt');
  });

  it('of a name that this computer does not know is told as that', async () => {
    write('.envelope-policy.json', { version: 1, keys: ['the firm’s key'] });
    write('1.txt', 'x');
    expect((await place.run(['policy'])).code).toBe(3);
    const ran = await place.run(['seal', '1.txt']);
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining('you have none of that name')]);
  });
});
