import { describe, expect, it } from 'vitest';
import { copiesLimits, defaultCopies } from '../../../shared/copies.ts';
import { limitChoices } from './copies-limits.ts';

describe('limitChoices', () => {
  it('offers what the settings take, and what holds now', () => {
    const { least, most } = copiesLimits;
    for (const choice of limitChoices(300)) expect(choice >= least && choice <= most).toBe(true);
    expect(limitChoices(300)).toContain(300);
    expect(limitChoices(defaultCopies.megabytes)).toEqual([16, 64, 256, 1_000, 4_000, 16_000]);
    expect(limitChoices(300)).toEqual(limitChoices(300).toSorted((a, b) => a - b));
  });
});
