import { describe, expect, it } from 'vitest';
import { kmsKeyOf, kmsProblems, newKmsDraft } from './kms-draft.ts';

const draft = { ...newKmsDraft('Work'), alias: 'payroll' };

describe('kmsProblems', () => {
  it('asks for an alias, in the letters of the KMS and not in the name of AWS', () => {
    expect(kmsProblems({ ...draft, alias: ' ' })).toEqual({ alias: 'alias-empty' });
    expect(kmsProblems({ ...draft, alias: 'alias/' })).toEqual({ alias: 'alias-empty' });
    expect(kmsProblems({ ...draft, alias: '工资' })).toEqual({ alias: 'alias-form' });
    expect(kmsProblems({ ...draft, alias: 'a b' })).toEqual({ alias: 'alias-form' });
    expect(kmsProblems({ ...draft, alias: 'a'.repeat(251) })).toEqual({ alias: 'alias-form' });
    expect(kmsProblems({ ...draft, alias: 'alias/aws/s3' })).toEqual({ alias: 'alias-aws' });
    expect(kmsProblems({ ...draft, alias: 'awsome' })).toEqual({});
  });

  it('knows how often the KMS can rotate, and asks only if it shall', () => {
    for (const rotationDays of ['', '89', '2561', '100.5', 'year']) {
      expect(kmsProblems({ ...draft, rotationDays })).toEqual({ rotationDays: 'rotation-days' });
      expect(kmsProblems({ ...draft, rotationDays, rotation: false })).toEqual({});
    }
    expect(kmsProblems({ ...draft, rotationDays: '90' })).toEqual({});
  });

  it('has the description no longer than can be sent', () => {
    expect(kmsProblems({ ...draft, description: 'x'.repeat(2049) })).toEqual({
      description: 'description-long',
    });
  });
});

describe('kmsKeyOf', () => {
  it('writes alias/ once, and rotation only if wanted', () => {
    expect(kmsKeyOf({ ...draft, alias: ' alias/payroll ', description: ' wages ' })).toEqual({
      connection: 'Work',
      alias: 'alias/payroll',
      description: 'wages',
      multiRegion: false,
      rotationDays: 365,
    });
    expect(kmsKeyOf({ ...draft, rotation: false })).not.toHaveProperty('rotationDays');
  });
});
