import { generateX25519Identity } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { createFormat } from '../../text/format.ts';
import { texts } from '../../text/text.ts';
import { sayingOf } from './given-key.ts';

const words = { text: texts.en, format: createFormat('en') };
const identity = await generateX25519Identity();

describe('sayingOf', () => {
  it('says nothing of an empty field until it is used', () => {
    expect(sayingOf('', false, words)).toBeUndefined();
    expect(sayingOf('', true, words)).toEqual({ kind: 'error', words: 'Nothing is entered yet.' });
  });

  it('counts what is to come while one types, and scolds only when it is used', () => {
    const half = identity.slice(0, 45);
    expect(sayingOf(half, false, words)).toEqual({ kind: 'info', words: '29 characters to go.' });
    expect(sayingOf(half, true, words)).toEqual({ kind: 'error', words: '29 characters are missing.' });
    expect(sayingOf(identity, false, words)).toEqual({ kind: 'info', words: 'The key is complete.' });
  });

  it('says at once what cannot become right, without what was typed', () => {
    const wrong = `${identity.slice(0, 30)}Ж${identity.slice(31)}`;
    const said = sayingOf(wrong, false, words);
    expect(said).toEqual({
      kind: 'error',
      words: 'There is a character in group 3 that no recovery key has.',
    });
    expect(sayingOf('age1qqqq', false, words)).toMatchObject({ kind: 'error' });
  });
});
