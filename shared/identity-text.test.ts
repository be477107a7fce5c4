import { generateX25519Identity } from 'age-encryption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf, IDENTITY_PREFIX, isLastGroup, readIdentityText } from './identity-text.ts';

const identity = await generateX25519Identity();
const body = identity.slice(IDENTITY_PREFIX.length);
const LETTERS = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';

/** `body` with what `change` makes of its characters. */
const changed = (change: (letters: string[]) => string[]): string => change(Array.from(body)).join('');

describe('readIdentityText', () => {
  it.each([
    ['as it is', identity],
    ['in small letters', identity.toLowerCase()],
    ['without its prefix', body],
    ['in groups, with line breaks', `${IDENTITY_PREFIX}\n ${groupsOf(identity).join(' ')}\r\n`],
    ['with dashes between groups', `age–secret–key–1–${groupsOf(identity).join('-')}`],
    [
      'in wide characters',
      identity.replaceAll(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
    ],
    ['with invisible characters', `\ufeff${identity.slice(0, 30)}\u200b${identity.slice(30)}`],
    ['as the file of age-keygen', `# created: now\n# public key: age1xyz\n${identity}\n`],
    [
      'with O for 0, I for L and B for 8',
      IDENTITY_PREFIX + body.replaceAll('0', 'o').replaceAll('L', '1').replaceAll('8', 'b'),
    ],
  ])('takes it %s', (_, text) => {
    expect(readIdentityText(text)).toEqual({ identity });
  });

  it.each([
    ['nothing', ' \n', { kind: 'empty' }],
    [
      'the public half',
      'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z',
      { kind: 'recipient' },
    ],
    ['a plugin', 'AGE-PLUGIN-YUBIKEY-1QQPQ', { kind: 'other-kind' }],
    ['a post-quantum identity', 'AGE-SECRET-KEY-PQ-1QQ', { kind: 'other-kind' }],
    ['another alphabet', changed((all) => all.with(20, 'Ж')), { kind: 'character', group: 4 }],
    ['half of it', body.slice(0, 29), { kind: 'short', by: 29 }],
    ['too much', `${body}${body}`, { kind: 'long', by: 58 }],
  ])('says what is wrong with %s', (_, text, mistake) => {
    expect(readIdentityText(text)).toEqual({ mistake });
  });

  const other = (letter: string, by: number): string =>
    LETTERS[(LETTERS.indexOf(letter) + by) % LETTERS.length] ?? '';

  it('finds the group of any one character that is wrong, missing or too much', () => {
    fc.assert(
      fc.property(fc.nat(57), fc.integer({ min: 1, max: 31 }), (at, by) => {
        const group = Math.floor(at / 6) + 1;
        const wrong = changed((all) => all.with(at, other(all[at] ?? '', by)));
        expect(readIdentityText(wrong)).toEqual({ mistake: { kind: 'wrong', group } });
        // In a run of one letter nobody can tell which is missing.
        const run = changed((all) => all.toSpliced(at, 1));
        expect(readIdentityText(run)).toMatchObject({ mistake: { kind: 'short', by: 1 } });
        const first = body.slice(0, at + 1).search(new RegExp(`${body[at]}+$`));
        expect(readIdentityText(run)).toHaveProperty('mistake.group', Math.floor(first / 6) + 1);
        const more = changed((all) => all.toSpliced(at, 0, other(all[at] ?? '', by)));
        expect(readIdentityText(more)).toMatchObject({ mistake: { kind: 'long', by: 1 } });
      }),
      { numRuns: 60 },
    );
  });

  it('finds two neighbours that changed places', () => {
    const at = Array.from(body).findIndex((letter, index) => letter !== body[index + 1]);
    const swapped = changed((all) => all.toSpliced(at, 2, all[at + 1] ?? '', all[at] ?? ''));
    expect(readIdentityText(swapped)).toEqual({ mistake: { kind: 'wrong', group: Math.floor(at / 6) + 1 } });
  });

  it('refuses two wrong characters and does not guess where', () => {
    const wrong = changed((all) => all.with(3, other(all[3] ?? '', 1)).with(40, other(all[40] ?? '', 7)));
    expect(readIdentityText(wrong)).toEqual({ mistake: { kind: 'wrong' } });
  });

  it('takes nothing but what age takes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (text) => {
        const read = readIdentityText(text);
        expect(read).toHaveProperty('mistake');
        expect(JSON.stringify(read).length).toBeLessThan(60);
      }),
    );
  });
});

describe('groups', () => {
  it('are nine of six and one of four, and come back together', () => {
    expect(groupsOf(identity).map((group) => group.length)).toEqual([6, 6, 6, 6, 6, 6, 6, 6, 6, 4]);
    expect(IDENTITY_PREFIX + groupsOf(identity).join('')).toBe(identity);
  });

  it('the last one is known in any case, and no other', () => {
    const last = groupsOf(identity).at(-1) ?? '';
    expect(isLastGroup(` ${last.toLowerCase()} `, identity)).toBe(true);
    expect(isLastGroup(last.slice(1), identity)).toBe(false);
    expect(isLastGroup('', identity)).toBe(false);
    expect(isLastGroup(groupsOf(identity)[0] ?? '', identity)).toBe(false);
  });
});
