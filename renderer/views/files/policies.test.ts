import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/desktop.ts';
import { isId, refusedFiles, relativeTo } from './policies.ts';

const plan: Plan = {
  operation: 'seal',
  files: 10,
  bytes: 10,
  space: { folder: '', needed: 0, free: 1, enough: true },
  taken: { count: 0, first: [] },
};
const group = { files: 3, bytes: 3, keys: [], labels: {} };

describe('policies of a plan', () => {
  it('leave out what cannot be obeyed', () => {
    expect(refusedFiles(plan)).toBe(0);
    const error = { code: 'policy-invalid', message: '', details: {} } as const;
    expect(refusedFiles({ ...plan, policies: [group, { ...group, path: '/p', error }] })).toBe(3);
  });

  it('call keys by names and by ids', () => {
    expect(['Office', 'local', 'Age one'].map(isId)).toEqual([false, false, false]);
    expect(['age1xyz', 'arn:aws:kms:x', 'local:abc', 'alias/team', 'mrk-01'].every(isId)).toBe(true);
  });

  it('name their output as it is seen from them', () => {
    expect(relativeTo('/work/.envelope-policy.json', '/work/sealed/now')).toBe('sealed/now');
    expect(relativeTo(String.raw`C:\work\.envelope-policy.json`, String.raw`C:\work\sealed`)).toBe('sealed');
    expect(relativeTo('/work/.envelope-policy.json', '/else')).toBe('/else');
  });
});
