import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from './journal.ts';
import { namePair } from './pair.ts';
import { noHardLinks, realDisk, watched } from './pair.fixture.ts';
import { BODY, ENVELOPE, OTHER, Wreck } from './recover.fixture.ts';
import { recover } from './recover.ts';

let wreck: Wreck;

beforeEach(async () => {
  wreck = await Wreck.create();
});
afterEach(async () => {
  await wreck.remove();
});

/** Names the pair, and from the `n`-th step on does nothing more, as a killed process. */
async function nameUntilKilled(collision: 'keep-both' | 'replace', links: boolean, n: number): Promise<void> {
  let steps = 0;
  const step = () => {
    steps += 1;
    if (steps >= n) throw new Error('killed');
  };
  await using journal = Journal.open(wreck.journals);
  await journal.note(wreck.seal());
  const pair = {
    ...wreck.seal(),
    collision,
    stem: (n: number) => (n === 1 ? 'T' : `T (${n})`),
    onStem: async (stem: string) => {
      step();
      await journal.note(wreck.seal({ stem, replace: collision === 'replace' }));
    },
  };
  await namePair(pair, watched(step, links ? realDisk : noHardLinks)).catch(() => {});
}

describe('a kill at every step of naming', () => {
  const steps = [1, 2, 3, 4, 5, 6, 7, 8];

  beforeEach(async () => {
    await wreck.body('T.enc', OTHER);
    await wreck.envelope('T.envelope', OTHER);
    await wreck.body(BODY);
    await wreck.envelope(ENVELOPE);
  });

  describe.each([true, false])('hard links: %s', (links) => {
    it.each(steps)('fresh, step %d: both names or none, the other pair untouched', async (n) => {
      await nameUntilKilled('keep-both', links, n);
      await recover(wreck.journals);
      // The stem is noted (1), then the body is named (2).
      const mine = n > 2 ? ['T (2).enc', 'T (2).envelope'] : [];
      expect(await wreck.names()).toEqual([...mine, 'T.enc', 'T.envelope']);
      expect(await wreck.isPair('T', OTHER)).toBe(true);
      if (n > 2) expect(await wreck.isPair('T (2)')).toBe(true);
      expect(await wreck.left()).toEqual([]);
    });

    it.each(steps)('replacing, step %d: the old pair or the new one, never a mixture', async (n) => {
      await nameUntilKilled('replace', links, n);
      await recover(wreck.journals);
      expect(await wreck.names()).toEqual(['T.enc', 'T.envelope']);
      expect(await wreck.isPair('T', n > 2 ? undefined : OTHER)).toBe(true);
      expect(await wreck.left()).toEqual([]);
    });
  });
});
