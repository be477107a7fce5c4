/** @file Many small files: where the work for each file counts, not its bytes. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Contest, Contestant } from './contest.ts';
import { compare, type Workshop } from './workshop.ts';

const BYTES = 4096;
const IN_A_FOLDER = 100;
const COPY_DURABLY = path.join(import.meta.dirname, 'copy-durably.ts');
const PAIR_STEPS = path.join(import.meta.dirname, 'pair-steps.ts');

/** Writes `count` files of 4 KiB of noise, a hundred in a folder. */
export function writeFiles(folder: string, count: number): void {
  for (let n = 0; n < count; n++) {
    const inner = path.join(folder, `folder ${Math.floor(n / IN_A_FOLDER)}`);
    if (n % IN_A_FOLDER === 0) mkdirSync(inner, { recursive: true });
    writeFileSync(path.join(inner, `file ${n}`), randomBytes(BYTES));
  }
}

function compareFolders(one: string, other: string): void {
  const files = readdirSync(one, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    const file = path.join(parentPath, name);
    compare(file, path.join(other, path.relative(one, file)));
  }
}

/** The contests of `count` files: sealed and opened as a tree beside two kinds of copy. */
export function manyFiles(shop: Workshop, count: number, where: string): { seal: Contest; open: Contest } {
  writeFiles(shop.at('many'), count);
  shop.runEnvelope('seal', 'many', '--to', 'sealed');
  const anew = (name: string): Pick<Contestant, 'reset'> => ({
    reset: () => {
      shop.setAside(name);
    },
  });
  const copies = [
    shop.program('cp -r', 'cp', ['-r', 'many', 'copy'], anew('copy')),
    shop.program('copy with fsync', process.execPath, [COPY_DURABLY, 'many', 'copy'], anew('copy')),
  ];
  const steps = shop.program(
    'steps of the format',
    process.execPath,
    [PAIR_STEPS, 'many', 'steps'],
    anew('steps'),
  );
  const work = { count, unit: 'files' } as const;
  const label = `${count} files of 4 KiB, ${where}`;
  const seal = shop.envelope('envelope seal', ['seal', 'many', '--to', 'fresh'], anew('fresh'));
  const open = shop.envelope('envelope open', ['open', 'sealed/many', '--to', 'opened'], {
    ...anew('opened'),
    check: () => {
      compareFolders(shop.at('many'), shop.at('opened', 'many'));
    },
  });
  return {
    seal: { name: `seal ${label}`, work, contestants: [...copies, steps, seal] },
    open: { name: `open ${label}`, work, contestants: [...copies, open] },
  };
}
