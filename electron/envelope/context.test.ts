import { describe, expect, it } from 'vitest';
import type { Labels } from '../../shared/envelope.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import { checkLabels, encryptionContext } from './context.ts';
import { jcs } from './json.ts';
import { sampleId } from './sample.fixture.ts';

/** The label that is refused, `too many`, or `accepted`. */
function refused(labels: Labels): string {
  try {
    checkLabels(labels);
    return 'accepted';
  } catch (error) {
    if (!isEnvelopeError(error, 'labels-invalid')) throw error;
    return 'label' in error.details ? String(error.details.label) : 'too many';
  }
}

describe('labels', () => {
  it.each([
    [''],
    [' a'],
    ['-a'],
    ['_a'],
    ['.a'],
    ['a,b'],
    ['a"b'],
    ['a\nb'],
    ['a\n'],
    ['é'],
    ['a'.repeat(129)],
    ['aws:x'],
    ['AWS:x'],
    ['aws-crypto-public-key'],
    ['Aws-Crypto-x'],
    ['envelope'],
    ['envelope-id'],
    ['ENVELOPES'],
  ])('are not called %j', (label) => {
    expect(refused({ good: 'x', [label]: 'x' })).toBe(label);
  });

  it('are not called __proto__', () => {
    expect(refused(Object.fromEntries([['__proto__', 'x']]))).toBe('__proto__');
  });

  it.each([[''], [' '], [' a'], ['a '], ['a\tb'], ['a\n'], ['é'], ['\u007F'], ['😀'], ['a'.repeat(385)]])(
    'do not have the value %j',
    (value) => {
      expect(refused({ project: value })).toBe('project');
    },
  );

  it('are not equal without regard to case', () => {
    expect(refused({ Project: 'a', other: 'b', pROJECT: 'c' })).toBe('pROJECT');
  });

  it('are at most six', () => {
    const labels = Object.fromEntries(Array.from({ length: 7 }, (_, n) => [`l${String(n)}`, 'x']));
    expect(refused(labels)).toBe('too many');
    delete labels.l6;
    expect(refused(labels)).toBe('accepted');
  });

  it.each<[Labels]>([
    [{}],
    [{ project: 'apollo' }],
    [{ '1': 'a', '2024': 'b', z: 'c' }],
    [{ 'A b_c.d:e/f=g+h@i-j': '~ !"\\#' }],
    [{ ['a'.repeat(128)]: 'v'.repeat(384) }],
    [{ aws: 'x', 'aws-crypto': 'x', envelop: 'x' }],
    [{ constructor: 'x', toString: 'y' }],
  ])('may be %j', (labels) => {
    expect(refused(labels)).toBe('accepted');
  });
});

describe('the encryption context', () => {
  it('is all labels and the id', () => {
    const context = encryptionContext({ id: sampleId, context: { z: '1', '7': '2' } });
    expect(jcs({ ...context })).toBe(`{"7":"2","envelope-id":"${sampleId}","z":"1"}`);
  });

  it('is the id alone without labels', () => {
    expect(encryptionContext({ id: sampleId, context: {} })).toEqual({ 'envelope-id': sampleId });
  });
});
