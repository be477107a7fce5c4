/** @file What is attacked: real pairs of every kind, small enough to be attacked a hundred thousand times. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freshFolder, type TestEngine } from '../../electron/envelope/engine.fixture.ts';
import { seal, type SealRequest } from '../../electron/envelope/seal.ts';
import { sealRequest } from '../../electron/envelope/engine.fixture.ts';
import { bytesOf } from '../kill/random.ts';

export type Victim = { name: string; envelope: Buffer; body: Buffer };

const PLAIN: readonly (readonly [name: string, bytes: number])[] = [
  ['note', 40],
  ['empty', 0],
  ['report', 5000],
];
/** Two segments: 1,048,520 bytes are the most for one. */
const TWO_SEGMENTS = 1_050_000;

async function sealed(
  engine: TestEngine,
  name: string,
  source: string,
  more: Partial<SealRequest> = {},
): Promise<Victim> {
  const pair = await seal(engine, sealRequest(engine, source, { labels: { project: 'apollo' }, ...more }));
  if (pair === undefined) throw new Error('nothing was sealed');
  return { name, envelope: await readFile(pair.envelope), body: await readFile(pair.body) };
}

/** A file of each kind, one whose name is hidden, and a folder as an archive. */
export async function makeVictims(engine: TestEngine): Promise<Victim[]> {
  const folder = await freshFolder(engine);
  const victims: Victim[] = [];
  for (const [index, [name, bytes]] of PLAIN.entries()) {
    const file = path.join(folder, `${name}.bin`);
    await writeFile(file, bytesOf(index + 1, bytes));
    victims.push(await sealed(engine, name, file));
    victims.push(await sealed(engine, `${name}, hidden`, file, { hideNames: true }));
  }
  const tree = path.join(folder, 'tree');
  await mkdir(path.join(tree, 'deep', 'er'), { recursive: true });
  await writeFile(path.join(tree, 'deep', 'a.txt'), 'a');
  await writeFile(path.join(tree, `${'long'.repeat(40)}.txt`), bytesOf(9, 700));
  victims.push(await sealed(engine, 'folder', tree, { kind: 'folder' }));
  return victims;
}

/** One whose body has a second segment, for the few attacks that need one. */
export async function makeLongVictim(engine: TestEngine): Promise<Victim> {
  const file = path.join(await freshFolder(engine), 'long.bin');
  await writeFile(file, bytesOf(77, TWO_SEGMENTS));
  return await sealed(engine, 'two segments', file);
}
