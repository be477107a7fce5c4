import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelProblem } from '../../../electron/envelope/context.ts';
import { labelsOf, linesOf, problemOf } from './labels.ts';

const line = (label: string, value = 'x', id = 0) => ({ id, label, value });

describe('labels', () => {
  it.each([
    ['', 'label'],
    [' a', 'label'],
    ['ä', 'label'],
    ['a'.repeat(129), 'label'],
    ['aws:x', 'reserved'],
    ['AWS-crypto-x', 'reserved'],
    ['Envelope-id', 'reserved'],
  ])('refuses the label %j', (label, problem) => {
    expect(problemOf(line(label), [])).toBe(problem);
  });

  it.each(['', ' a', 'a ', 'ä', 'a'.repeat(385)])('refuses the value %j', (value) => {
    expect(problemOf(line('a', value), [])).toBe('value');
  });

  it('refuses two that differ only in case, and more than six', () => {
    expect(labelsOf([line('Team', 'a', 1), line('team', 'b', 2)])).toEqual({ problem: 'twice' });
    const seven = Array.from({ length: 7 }, (_, id) => line(`l${id}`, 'x', id));
    expect(labelsOf(seven)).toEqual({ problem: 'many' });
  });

  it('ignores empty lines and keeps the others', () => {
    expect(labelsOf([line('', '', 1), line('team', 'finance', 2)])).toEqual({ labels: { team: 'finance' } });
    expect(linesOf({ a: '1', b: '2' })).toEqual([line('a', '1', 0), line('b', '2', 1)]);
  });

  it('agrees with the engine on every label', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom('aws:a', 'envelope', 'team', 'Team', 'x '),
    );
    fc.assert(
      fc.property(fc.dictionary(text, text, { maxKeys: 8 }), (labels) => {
        const lines = linesOf(labels).filter(({ label, value }) => label !== '' || value !== '');
        const given = Object.fromEntries(lines.map(({ label, value }) => [label, value]));
        expect('problem' in labelsOf(lines)).toBe(labelProblem(given) !== undefined);
      }),
    );
  });
});
