/** @file A folder with a policy, sealed by a run that is killed half way, and by one under whose hands the policy changes. */
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Place } from './run-cli.ts';
import { STRANGER } from './strangers.ts';

/** Some of them wait when the first is done: 32 are sealed at once. */
const FILES = 100;

let place: Place;
beforeEach(async () => {
  place = new Place();
  await place.json(['keys', 'new', 'team']);
  await place.json(['keys', 'new', 'board']);
  write('docs/.envelope-policy.json', policy('team', 'apollo'));
  write('docs/board/.envelope-policy.json', policy('board', 'minutes'));
  for (const name of names) write(`docs/${name}`, contentOf(name));
});
afterEach(() => {
  place[Symbol.dispose]();
});

const names = Array.from({ length: FILES }, (_, n) => `${n % 2 === 0 ? '' : 'board/'}${n}.txt`);
/** Large enough that a run is not over before it is killed. */
const contentOf = (name: string): string => name.repeat(100_000);
const policy = (key: string, project: string): object => ({
  version: 1,
  keys: [key],
  labels: { project },
  output: { folder: 'sealed' },
});

function write(name: string, content: string | object): void {
  mkdirSync(path.dirname(place.at(name)), { recursive: true });
  writeFileSync(place.at(name), typeof content === 'string' ? content : JSON.stringify(content));
}

/** Every file below a folder, named from the place. */
const under = (folder: string): string[] =>
  readdirSync(place.at(folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));

/** Where the policies put a file: each into the folder below its own. */
const envelopeOf = (name: string): string =>
  name.startsWith('board/')
    ? `docs/board/sealed/${name.slice('board/'.length)}.envelope`
    : `docs/sealed/${name}.envelope`;

/** Calls `act` once, when the first result was told. */
const atFirst = (act: (child: ChildProcess) => void) => (child: ChildProcess) => {
  child.stdout?.on('data', function once(text: Buffer) {
    if (!text.toString().includes('"state":"done"')) return;
    child.stdout?.off('data', once);
    act(child);
  });
};

/** Everything is sealed as the policies say, opens, and is what the originals are; those are untouched. */
async function expectObeyed(): Promise<void> {
  const inspected = await place.json(['inspect', ...names.map(envelopeOf)]);
  expect(inspected).toHaveLength(FILES);
  for (const [index, name] of names.entries()) {
    const [key, project] = name.startsWith('board/') ? ['board', 'minutes'] : ['team', 'apollo'];
    expect(inspected[index], name).toMatchObject({ labels: { project }, keys: [{ name: key }] });
    expect(readFileSync(place.at('docs', name), 'utf8')).toBe(contentOf(name));
  }
  const verified = await place.run(['verify', 'docs', '--json']);
  expect(verified.code).toBe(0);
  expect(verified.lines().filter(({ state }) => state === 'done')).toHaveLength(FILES);
}

it('a run that is killed half way leaves nothing half; the next one does the rest, by the same policies', async () => {
  const kill = atFirst((child) => child.kill('SIGKILL'));
  const killed = await place.run(['seal', 'docs', '--json'], { onStart: kill });
  expect(killed.code).toBeNull();
  const found = under('docs').filter((name) => name.endsWith('.envelope'));
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(FILES);
  // What has its final name is whole, and by the policy of its folder.
  const whole = await place.run(['verify', ...found, '--json']);
  expect(whole.code).toBe(0);

  const rest = await place.run(['seal', 'docs', '--skip', '--json']);
  expect(rest.code).toBe(0);
  expect(under('docs').filter((name) => name.endsWith('.partial'))).toEqual([]);
  await expectObeyed();
});

it('a policy that is changed while its folder is sealed changes nothing of what was shown', async () => {
  const change = atFirst(() => {
    write('docs/.envelope-policy.json', { version: 1, keys: [STRANGER, 'team'] });
    write('docs/board/.envelope-policy.json', '{ broken');
  });
  const ran = await place.run(['seal', 'docs', '--json'], { onStart: change });
  expect(ran.code).toBe(0);
  await expectObeyed();
  // The next run reads what stands there now, and asks, or refuses.
  const next = await place.run(['seal', 'docs', '--replace', '--json']);
  expect(next.code).not.toBe(0);
  expect(next.out).toContain('policy-invalid');
  expect(next.out).not.toContain('"state":"done"');
});
