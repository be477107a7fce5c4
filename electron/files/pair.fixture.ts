/** @file A pair under its temporary names in a folder of its own, and disks that fail. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { claimName, dropClaim, exists, replaceName, settleClaim } from './atomic.ts';
import { fsyncFolder } from './fsync-folder.ts';
import type { Naming, PairCollision, SealedPair } from './pair.ts';
import { numberedStem } from './stem.ts';

export const partials = ['.1.enc.partial', '.1.envelope.partial'];

/** A folder for the pairs of one test. `noted`: the stems that went to the journal. */
export class PairFolder {
  readonly folder: string;
  readonly noted: string[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<PairFolder> {
    return new PairFolder(await mkdtemp(path.join(os.tmpdir(), 'pair-')));
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  /** The pair that {@link write} wrote. */
  pair(collision: PairCollision, job = '1', stem = 'T'): SealedPair {
    return {
      folder: this.folder,
      body: this.at(`.${job}.enc.partial`),
      envelope: this.at(`.${job}.envelope.partial`),
      collision,
      stem: (n) => numberedStem(stem, n, job),
      onStem: async (noted) => {
        this.noted.push(noted);
      },
    };
  }

  async write(job: string): Promise<void> {
    await writeFile(this.at(`.${job}.enc.partial`), `body ${job}`);
    await writeFile(this.at(`.${job}.envelope.partial`), `envelope ${job}`);
  }

  async read(name: string): Promise<string> {
    return await readFile(this.at(name), 'utf8');
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

export const realDisk: Naming = {
  exists,
  claim: claimName,
  drop: dropClaim,
  settle: settleClaim,
  replace: replaceName,
  fsyncFolder,
};

const noLink = async () => {
  throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: 'link' });
};

export const noHardLinks: Naming = {
  ...realDisk,
  claim: async (partial, final) => await claimName(partial, final, { link: noLink }),
};

/** `disk` with `before` called before each step that changes it. */
export function watched(before: (step: keyof Naming, name: string) => void, disk: Naming = realDisk): Naming {
  return {
    exists: disk.exists,
    async claim(partial, final) {
      before('claim', final);
      return await disk.claim(partial, final);
    },
    async drop(claim) {
      before('drop', claim.final);
      await disk.drop(claim);
    },
    async settle(claim) {
      before('settle', claim.final);
      await disk.settle(claim);
    },
    async replace(partial, final) {
      before('replace', final);
      await disk.replace(partial, final);
    },
    async fsyncFolder(folder) {
      before('fsyncFolder', folder);
      await disk.fsyncFolder(folder);
    },
  };
}

/** A disk on which the given calls of each step fail, counted from 1. */
export function failing(calls: Partial<Record<keyof Naming, number[]>>, disk: Naming = realDisk): Naming {
  const count = new Map<string, number>();
  return watched((step) => {
    const call = (count.get(step) ?? 0) + 1;
    count.set(step, call);
    if (calls[step]?.includes(call) === true) throw new EnvelopeError('io-failed', 'a disk that fails');
  }, disk);
}
