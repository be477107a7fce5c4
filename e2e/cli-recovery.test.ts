import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupsOf, IDENTITY_PREFIX } from '../shared/identity-text.ts';
import { usePlace } from './use-place.ts';

const place = usePlace();

const read = (name: string): string => readFileSync(place.at(name), 'utf8');
const recovery = (...words: string[]): string[] => ['keys', 'recovery', ...words];

/** A recovery key in use, and what its sheet says. */
async function make(sheet = 'sheet.txt'): Promise<{ recipient: string; identity: string }> {
  const [made] = await place.json(recovery('new', '--sheet', sheet, '--yes'));
  const groups = [...read('sheet.txt').matchAll(/\b\d+ ([0-9A-Z]{6}|[0-9A-Z]{4})\b/g)].map(
    ([, group]) => group,
  );
  return { recipient: String(made?.['recipient']), identity: IDENTITY_PREFIX + groups.slice(-10).join('') };
}

describe('a recovery key', () => {
  it('opens what was sealed with any other key, on a machine that knows nothing else', async () => {
    writeFileSync(place.at('a'), 'mine');
    const { recipient, identity } = await make();
    expect(statSync(place.at('sheet.txt')).mode & 0o077).toBe(0);
    const sealed = await place.run(['seal', 'a', '--key', 'local']);
    expect(sealed.err).toMatch(/The recovery key made \d{4}-\d\d-\d\d will open it too\./);
    const [inspected] = await place.json(['inspect', 'a.envelope']);
    expect(inspected?.['keys']).toMatchObject([
      { provider: 'local' },
      { provider: 'age', key: recipient, name: 'Recovery key' },
    ]);
    rmSync(place.at('a'));
    const alone = await place.run(['open', 'a.envelope'], {}, 'fresh');
    expect(alone.code).toBe(3);
    await place.json(
      ['open', 'a.envelope', '--identity', '-', '--to', '1'],
      { input: `${identity}\n` },
      'fresh',
    );
    // As it is copied from paper, and in a file.
    const typed = `\n age-secret-key-1\n${groupsOf(identity).join(' ').toLowerCase()}\n`;
    await place.json(['open', 'a.envelope', '--identity', '-', '--to', '2'], { input: typed }, 'fresh');
    writeFileSync(place.at('key.txt'), typed);
    await place.json(['open', 'a.envelope', '--identity', 'key.txt', '--to', '3'], {}, 'fresh');
    expect([read('1/a'), read('2/a'), read('3/a')]).toEqual(['mine', 'mine', 'mine']);
  });

  it('stands nowhere but on its sheet', async () => {
    const { identity } = await make();
    const { out, err } = await place.run(recovery());
    await place.run(recovery('drill', '--identity', '-'), { input: identity });
    for (const text of [out, err, ...place.homeTexts()]) {
      expect(text).not.toContain(identity);
      for (const group of groupsOf(identity)) expect(text).not.toContain(group);
    }
  });

  it.each([
    ['into a pipe', [], 'not into a pipe'],
    ['as JSON', ['--json'], 'not into a pipe'],
    ['on a sheet of another kind', ['--sheet', 'sheet.docx', '--yes'], '.pdf, .html or .txt'],
    ['where nobody can look at the sheet', ['--sheet', 'sheet.pdf'], 'Add --yes'],
  ])('is not made %s', async (_, words, said) => {
    const ran = await place.run(recovery('new', ...words));
    expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(said)]);
    expect(ran.out).not.toContain('AGE-SECRET');
    expect(readdirSync(place.folder)).toEqual([]);
    expect(await place.json(recovery())).toEqual([]);
  });

  it('is not used if its sheet could not be written, and overwrites nothing', async () => {
    writeFileSync(place.at('sheet.pdf'), 'mine');
    const taken = await place.run(recovery('new', '--sheet', 'sheet.pdf', '--yes'));
    expect([taken.code, read('sheet.pdf')]).toEqual([1, 'mine']);
    expect((await place.run(recovery('new', '--sheet', 'no/sheet.pdf', '--yes'))).code).toBe(1);
    expect(await place.json(recovery())).toEqual([]);
  });

  it('is printed into a pipe if that is meant', async () => {
    const { out, code } = await place.run(recovery('new', '--print', '--yes'));
    expect(code).toBe(0);
    expect(out).toContain(IDENTITY_PREFIX);
    expect(out).not.toContain('\u001b');
  });

  it('is replaced, and its sheet still opens what it opened', async () => {
    writeFileSync(place.at('a'), 'old');
    const first = await make();
    await place.json(['seal', 'a']);
    await place.json(recovery('new', '--sheet', 'second.pdf', '--yes'));
    const other = await place.run(recovery('drill', 'a.envelope', '--identity', '-'), {
      input: first.identity,
    });
    expect([other.code, other.err]).toEqual([
      3,
      expect.stringContaining('“envelope rewrap … --add recovery”'),
    ]);
    const [inspected] = await place.json(['inspect', 'a.envelope']);
    expect(inspected?.['keys']).toMatchObject([{}, { name: expect.stringContaining('no longer in use') }]);
    await place.json(
      ['open', 'a.envelope', '--to', 'o', '--identity', '-'],
      { input: first.identity },
      'fresh',
    );
    expect(read('o/a')).toBe('old');
  });

  it('opens what was sealed before it was made once it was added there', async () => {
    writeFileSync(place.at('a'), 'before');
    await place.json(['seal', 'a']);
    const { identity } = await make();
    const drill = recovery('drill', 'a.envelope', '--identity', '-');
    expect((await place.run(drill, { input: identity })).err).toContain('“envelope rewrap … --add recovery”');
    await place.json(['rewrap', 'a.envelope', '--add', 'recovery', '--yes']);
    expect((await place.run(drill, { input: identity })).code).toBe(0);
    const again = await place.run(['reseal', 'a.envelope', '--yes']);
    expect([again.code, again.err]).toEqual([0, expect.stringContaining(' will open it too.')]);
    expect((await place.run(drill, { input: identity })).code).toBe(0);
  });

  it('is forgotten if that is meant, and from then on in no new envelope', async () => {
    writeFileSync(place.at('a'), 'later');
    const { recipient } = await make();
    const refused = await place.run(recovery('forget'));
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--yes')]);
    await place.json(recovery('forget', '--yes'));
    expect(await place.json(recovery())).toMatchObject([{ recipient, inUse: false }]);
    await place.json(['seal', 'a', '--to', 'later']);
    const [later] = await place.json(['inspect', 'later/a.envelope']);
    expect(later?.['keys']).toHaveLength(1);
  });

  it('of another computer is used by its public half', async () => {
    const { recipient, identity } = await make();
    writeFileSync(place.at('a'), 'elsewhere');
    const careless = await place.run(recovery('use', identity), {}, 'laptop');
    expect([careless.code, careless.err]).toEqual([2, expect.stringContaining('public half')]);
    expect(careless.err).not.toContain(identity);
    await place.json(recovery('use', recipient), {}, 'laptop');
    await place.json(['seal', 'a'], {}, 'laptop');
    await place.json(['open', 'a.envelope', '--to', 'o', '--identity', '-'], { input: identity }, 'fresh');
    expect(read('o/a')).toBe('elsewhere');
  });
});

describe('a drill', () => {
  it('proves that the sheet opens an envelope, writes nothing, and is remembered', async () => {
    const { identity } = await make();
    writeFileSync(place.at('a'), 'x'.repeat(100_000));
    await place.json(['seal', 'a']);
    const before = readdirSync(place.folder);
    const drill = await place.run(recovery('drill', 'a.enc', '--identity', '-'), { input: identity });
    expect(drill).toMatchObject({ code: 0, out: expect.stringContaining('all of “a” (100 kB) was checked') });
    expect(readdirSync(place.folder)).toEqual(before);
    const [status] = await place.json(recovery());
    expect(Date.now() - Date.parse(String(status?.['drilled']))).toBeLessThan(60_000);
    expect(status).toMatchObject({ inUse: true, drillDue: false });
  });

  it('says what is wrong with a key that was mistyped, and where', async () => {
    const { identity } = await make();
    writeFileSync(place.at('a'), 'x');
    await place.json(['seal', 'a']);
    const letter = identity[25] === 'Q' ? 'P' : 'Q';
    const wrong = identity.slice(0, 25) + letter + identity.slice(26);
    const cases: [string, string][] = [
      [wrong, 'A character in group 2 is not as on the sheet.'],
      [identity.slice(0, 40), '34 characters are missing.'],
      ['', 'No key was given.'],
    ];
    for (const [input, said] of cases) {
      const ran = await place.run(recovery('drill', 'a.envelope', '--identity', '-'), { input });
      expect([ran.code, ran.err]).toEqual([3, expect.stringContaining(said)]);
    }
    const other = await place.run(recovery('drill', 'a.envelope', '--identity', '-'), {
      input: (await makeOther()).identity,
    });
    expect([other.code, other.err]).toEqual([3, expect.stringContaining('not the recovery key in use')]);
    expect((await place.json(recovery()))[0]).not.toHaveProperty('drilled');
  });

  const makeOther = async (): Promise<{ identity: string }> => {
    await place.json(['keys', 'identity', 'other.txt'], {}, 'other');
    return { identity: /AGE-SECRET-KEY-1\S+/.exec(read('other.txt'))?.[0] ?? '' };
  };

  it('needs a recovery key and an envelope', async () => {
    expect((await place.run(recovery('drill'))).err).toContain('There is no recovery key.');
    await make();
    const ran = await place.run(recovery('drill'));
    expect([ran.code, ran.err]).toEqual([3, expect.stringContaining('No envelope is known here')]);
  });
});

describe('around it', () => {
  it('the program of the sheet is written out', async () => {
    const { out } = await place.run(recovery('opener'));
    await place.json(recovery('opener', 'opener.py'));
    expect(read('opener.py')).toBe(out);
    expect((await place.run(recovery('opener', 'opener.py'))).code).toBe(1);
  });

  it('the list of keys says once that there is neither recovery key nor backup', async () => {
    const said = 'There is no recovery key, and no backup';
    expect((await place.run(['keys'])).err).not.toContain(said);
    writeFileSync(place.at('a'), 'x');
    await place.json(['seal', 'a']);
    expect((await place.run(['keys'])).err).toContain(said);
    await place.json(['keys', 'backup', 'local', 'b'], { env: { ENVELOPE_PASSPHRASE: 'correct horse' } });
    expect((await place.run(['keys'])).err).not.toContain(said);
    await make();
    expect((await place.run(['keys'])).err).toContain(
      'Every new envelope is sealed for the recovery key too',
    );
    expect(existsSync(place.at('b'))).toBe(true);
  });
});
