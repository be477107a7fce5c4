/** @file What the children do again and again until they are killed, and what must then hold of each. */
import { cp, link, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { reseal } from '../../electron/envelope/reseal.ts';
import { exists } from '../../electron/files/atomic.ts';
import type { BatchResult, SealAll } from '../../electron/jobs/job.ts';
import { Openers } from '../../electron/rewrap/openers.ts';
import { rewrapOne } from '../../electron/rewrap/rewrap-one.ts';
import { openAll } from '../../electron/jobs/open-all.ts';
import { sealAll } from '../../electron/jobs/seal-all.ts';
import type { KillEngine, Place, Version } from './place.ts';
import { files } from './tree.ts';

export type Operation = {
  /** In the parent, before the child starts. */
  prepare?: (place: Place, engine: KillEngine) => Promise<void>;
  /** In the child: n = 0, 1, 2 … */
  step: (engine: KillEngine, place: Place, n: number) => Promise<void>;
  /** Files that must be there after a kill whatever happened, from `out()`. Any version will do. */
  mustBeThere?: readonly string[];
  /** Files that each step leaves in a folder of its own, from `out(n)`: all of them in every folder but the last. */
  leaves?: readonly string[];
  /** What it does with folders, if it opens archives. */
  folders?: 'whole' | 'replaced';
};

const versionOf = (n: number): Version => (n % 2 === 0 ? 'a' : 'b');
const originals = (place: Place, version: Version): string[] =>
  files.map((name) => path.join(place.docs(version), name));
const pairOf = (name: string): string[] => [`${path.basename(name)}.enc`, `${path.basename(name)}.envelope`];
const filesInDocs = files.map((name) => path.join('docs', name));
const pairsInDocs = filesInDocs.flatMap((name) => [`${name}.enc`, `${name}.envelope`]);

function done({ failed, skipped }: BatchResult): void {
  if (failed + skipped > 0) throw new Error(`${failed} failed, ${skipped} skipped`);
}

/** Seals with the lane's key. @throws Error unless all of it was sealed */
export async function seal(engine: KillEngine, paths: string[], more: Partial<SealAll>): Promise<void> {
  const request: SealAll = {
    paths,
    archive: false,
    keys: [engine.local],
    labels: {},
    hideNames: false,
    collision: 'keep-both',
    verify: false,
    binOriginals: false,
    again: false,
    ...more,
  };
  const errors: unknown[] = [];
  const result = await sealAll(engine, request, {
    onEvent: (event) => {
      if (event.type === 'ended' && event.outcome.state === 'failed') errors.push(event.outcome.error);
    },
  });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  done(result);
}

async function open(
  engine: KillEngine,
  paths: string[],
  to: string,
  collision: 'keep-both' | 'replace',
): Promise<void> {
  done(await openAll(engine, { paths, to, collision }));
}

/** Originals that may go to the bin: links to the lane's own, so that they appear whole. */
async function linkOriginals(place: Place, to: string): Promise<string[]> {
  await mkdir(to, { recursive: true });
  const linked = files.map((name) => path.join(to, path.basename(name)));
  for (const [index, original] of originals(place, 'a').entries()) await link(original, linked[index] ?? '');
  return linked;
}

/** The pairs that `prepare` has sealed into `out()`. */
const envelopesOut = (place: Place): string[] =>
  files.map((name) => place.out(`${path.basename(name)}.envelope`));

/** One key for the other, and back. */
async function rewrapAll(engine: KillEngine, place: Place, n: number): Promise<void> {
  const [from, to] = n % 2 === 0 ? [engine.local, engine.second] : [engine.second, engine.local];
  const choice = { add: [], remove: [], replace: [{ from: from.key, to }] };
  const openers = new Openers(engine.keyring);
  await Promise.all(
    envelopesOut(place).map(async (file) => await rewrapOne(engine, file, choice, { openers })),
  );
}

async function resealAll(engine: KillEngine, place: Place, n: number): Promise<void> {
  const keys = [n % 2 === 0 ? engine.second : engine.local];
  await Promise.all(envelopesOut(place).map(async (file) => await reseal(engine, file, { keys })));
}

const sealOut = async (place: Place, engine: KillEngine): Promise<void> => {
  await seal(engine, originals(place, 'a'), { to: place.out() });
};

export const operations: Record<string, Operation> = {
  'rewrap files': {
    prepare: sealOut,
    step: rewrapAll,
    mustBeThere: files.flatMap(pairOf),
  },
  'seal files again': {
    prepare: sealOut,
    step: resealAll,
    mustBeThere: files.flatMap(pairOf),
  },
  'seal files': {
    step: async (engine, place, n) => {
      await seal(engine, originals(place, 'a'), { to: place.out(n) });
    },
    leaves: files.flatMap(pairOf),
  },
  'seal files, replacing': {
    prepare: async (place, engine) => {
      await seal(engine, originals(place, 'b'), { to: place.out() });
    },
    step: async (engine, place, n) => {
      await seal(engine, originals(place, versionOf(n)), { to: place.out(), collision: 'replace' });
    },
    mustBeThere: files.flatMap(pairOf),
  },
  // Even steps seal fresh files beside themselves, odd ones seal them again over the pairs that are there.
  'seal files, binning': {
    step: async (engine, place, n) => {
      const folder = place.in(n >> 1);
      if (n % 2 === 0) {
        await linkOriginals(place, `${folder}.new`);
        await rename(`${folder}.new`, folder);
      } else await linkOriginals(place, folder);
      const paths = files.map((name) => path.join(folder, path.basename(name)));
      await seal(engine, paths, { collision: 'replace', binOriginals: true });
    },
  },
  'seal a tree': {
    step: async (engine, place, n) => {
      await seal(engine, [place.docs('a')], { to: place.out(n) });
    },
    leaves: pairsInDocs,
  },
  'seal an archive': {
    step: async (engine, place, n) => {
      const [to, collision] = [place.out(n >> 1), n % 2 === 0 ? 'keep-both' : 'replace'] as const;
      await seal(engine, [place.docs('a')], { archive: true, to, collision });
    },
    leaves: pairOf('docs'),
  },
  'open files': {
    step: async (engine, place, n) => {
      await open(engine, [place.sealed('a')], place.out(n), 'keep-both');
    },
    leaves: filesInDocs,
  },
  'open files, replacing': {
    prepare: async (place) => {
      await cp(place.docs('b'), place.out('docs'), { recursive: true, preserveTimestamps: true });
    },
    step: async (engine, place, n) => {
      await open(engine, [place.sealed(versionOf(n))], place.out(), 'replace');
    },
    mustBeThere: filesInDocs,
  },
  'open an archive': {
    step: async (engine, place, n) => {
      await open(engine, [place.archive('a')], place.out(n), 'keep-both');
    },
    leaves: filesInDocs,
    folders: 'whole',
  },
  'open an archive, replacing': {
    prepare: async (place) => {
      await cp(place.docs('b'), place.out('docs'), { recursive: true, preserveTimestamps: true });
    },
    step: async (engine, place, n) => {
      await open(engine, [place.archive(versionOf(n))], place.out(), 'replace');
    },
    folders: 'replaced',
  },
};

/** The same by the command line, once. `results`: what must be there in the end, from `out()`. */
export const commands = {
  'envelope seal': {
    args: (place: Place) => ['seal', place.docs('a'), '--to', place.out(), '--replace'],
    results: pairsInDocs,
  },
  'envelope seal --archive': {
    args: (place: Place) => ['seal', place.docs('a'), '--archive', '--to', place.out(), '--replace'],
    results: pairOf('docs'),
  },
  'envelope open': {
    args: (place: Place) => ['open', place.sealed('a'), '--to', place.out(), '--replace'],
    results: filesInDocs,
  },
};

/** The bin of the children: a folder. */
export async function moveToBin(place: Place, gone: string): Promise<void> {
  await mkdir(place.bin(), { recursive: true });
  const name = path.relative(place.work, gone).replaceAll(path.sep, '-');
  for (let n = 1; ; n += 1) {
    const binned = place.bin(`${name} ${n}`);
    if (await exists(binned)) continue;
    await rename(gone, binned);
    return;
  }
}
