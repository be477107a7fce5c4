import { describe, expect, it } from 'vitest';
import type { Grant, Plan } from '../../../shared/desktop.ts';
import { cardOf, isPlaceless, isWorthAsking, refusalOf, sortGrants } from './drop.ts';

const grant = (name: string, kind: Grant['kind'], size = 1): Grant => ({ id: name, name, kind, size });
const file = grant('a.txt', 'file');
const folder = grant('plans', 'folder', 0);
const envelope = grant('B.pdf.envelope', 'envelope');
const body = grant('b.pdf.enc', 'body');

const plan: Plan = {
  operation: 'seal',
  files: 1,
  bytes: 10,
  space: { folder: '/', needed: 10, free: 20, enough: true },
  taken: { count: 0, first: [] },
};

describe('sortGrants', () => {
  it('seals files and folders and opens envelopes and bodies', () => {
    expect(sortGrants([file, envelope, folder])).toEqual({ seal: [file, folder], open: [envelope] });
    expect(sortGrants([body])).toEqual({ seal: [], open: [body] });
  });

  it('lists them as people do, whatever the order they came in', () => {
    const floors = [10, 2, 1].map((floor) => grant(`Floor ${floor}.svg`, 'file'));
    expect(sortGrants(floors).seal.map(({ name }) => name)).toEqual([
      'Floor 1.svg',
      'Floor 2.svg',
      'Floor 10.svg',
    ]);
  });

  it('opens a pair that comes whole only once, however its name is written', () => {
    expect(sortGrants([body, envelope]).open).toEqual([envelope]);
    expect(sortGrants([grant('c.enc', 'body'), envelope]).open).toHaveLength(2);
  });

  it('shows the card of one envelope alone', () => {
    expect(cardOf(sortGrants([envelope]))).toBe(envelope);
    expect(cardOf(sortGrants([body, envelope]))).toBe(envelope);
    expect(cardOf(sortGrants([envelope, file]))).toBeUndefined();
    expect(cardOf(sortGrants([envelope, grant('c.envelope', 'envelope')]))).toBeUndefined();
    expect(cardOf(sortGrants([]))).toBeUndefined();
  });
});

describe('isWorthAsking', () => {
  it('asks before a folder, much, what is taken, and a full disk', () => {
    expect(isWorthAsking(plan, [file])).toBe(false);
    expect(isWorthAsking(plan, [file, folder])).toBe(true);
    expect(isWorthAsking({ ...plan, files: 20 }, [file])).toBe(false);
    expect(isWorthAsking({ ...plan, files: 21 }, [file])).toBe(true);
    expect(isWorthAsking({ ...plan, bytes: 2 ** 30 }, [file])).toBe(false);
    expect(isWorthAsking({ ...plan, bytes: 2 ** 30 + 1 }, [file])).toBe(true);
    expect(isWorthAsking({ ...plan, taken: { count: 1, first: ['a'] } }, [file])).toBe(true);
    expect(isWorthAsking({ ...plan, space: { ...plan.space, enough: false } }, [file])).toBe(true);
  });
});

describe('refusals', () => {
  it('knows text from nothing', () => {
    expect(refusalOf(['text/plain', 'text/html'])).toBe('refusedText');
    expect(refusalOf([])).toBe('refusedNothing');
  });

  it('knows what never had a place from what is gone', () => {
    const refused = (details: object) => ({
      name: 'a',
      error: { code: 'source-missing' as const, message: '', details: { ...details } },
    });
    expect(isPlaceless(refused({}))).toBe(true);
    expect(isPlaceless(refused({ path: '/a' }))).toBe(false);
  });
});
