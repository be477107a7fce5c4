/** @file A clock that is set while we work: forward, backward, by years. What was sealed opens; nothing half-done stays. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { HOME, newKey } from './kms-stand-in/fixture.ts';
import { startKms } from './kms-stand-in/start.ts';
import { Place, type Ran } from './run-cli.ts';
import { readTree, writeTree } from './desktop/tree.ts';

const JUMPING = pathToFileURL(path.join(import.meta.dirname, 'jumping-clock.mjs')).href;
const tree = { 'docs/a.txt': 'tax papers', 'docs/b/c.txt': 'more of them', 'docs/b/empty': '' };

let place: Place;

beforeEach(() => {
  place = new Place();
  writeTree(place.folder, tree);
});
afterEach(() => place[Symbol.dispose]());

/** Of a failed line, whose `error` is a record; the state itself of any other. */
const codeOf = (state: unknown): unknown =>
  typeof state === 'object' && state !== null && 'code' in state ? state.code : state;

const jumping = async (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  await place.run(args, { env: { NODE_OPTIONS: `--import=${JUMPING}`, ...env } });

it('seals, verifies, opens, changes keys and looks at the health of what it sealed', async () => {
  for (const args of [
    ['keys', 'new', 'one'],
    ['keys', 'new', 'two'],
    ['seal', 'docs', '--to', 'sealed', '--key', 'one', '--verify'],
    ['seal', 'docs', '--archive', '--to', 'packed', '--key', 'one'],
    ['rewrap', 'sealed', '--replace', 'one=two', '--yes'],
    ['verify', 'sealed', 'packed'],
    ['health', 'sealed', 'packed', '--deep'],
    ['open', 'sealed', 'packed', '--to', 'opened'],
  ]) {
    expect(await jumping(args), args.join(' ')).toMatchObject({ code: 0 });
  }
  // The clock did jump.
  const years = Object.entries(readTree(place.at('sealed')))
    .filter(([name]) => name.endsWith('.envelope'))
    .map(([, text]) => Number(/"created":\s*"([0-9]{4})/.exec(text)?.[1]));
  expect(years.some((year) => Math.abs(year - new Date().getFullYear()) > 10)).toBe(true);
  const opened = Object.entries(readTree(place.at('opened')));
  expect(opened.filter(([name]) => name.endsWith('a.txt')).map(([, text]) => text)).toContain('tax papers');
  expect(opened.map(([name]) => name).filter((name) => name.includes('.partial'))).toEqual([]);
  expect(readTree(place.at('docs'))).toEqual(
    Object.fromEntries(Object.entries(tree).map(([name, text]) => [name.slice('docs/'.length), text])),
  );
});

it('under a KMS, which refuses signatures of another time, it seals or says so, and leaves nothing half', async () => {
  await using kms = await startKms();
  const key = newKey(kms).arn;
  const env = { AWS_ACCESS_KEY_ID: 'AKIATEST', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: HOME };
  const where = ['--endpoint', kms.endpoint];
  const ran = await jumping(['seal', 'docs', '--to', 'sealed', '--key', key, '--json', ...where], env);
  const states = ran.lines().map(({ state, error }) => error ?? state);
  expect(states).toHaveLength(Object.keys(tree).length);
  for (const state of states) expect(['done', 'clock-skewed']).toContain(codeOf(state));
  const names = Object.keys(readTree(place.at('sealed')));
  const whole = states.filter((state) => state === 'done').length;
  expect(names.filter((name) => name.endsWith('.enc'))).toHaveLength(whole);
  expect(names.filter((name) => name.endsWith('.envelope'))).toHaveLength(whole);
  expect(names.filter((name) => name.includes('.partial'))).toEqual([]);
  // On a computer whose clock is right.
  expect(await place.run(['verify', 'sealed', ...where], { env })).toMatchObject({ code: 0 });
});
