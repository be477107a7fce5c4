import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileContent } from '../../shared/envelope.ts';
import { DataKey } from '../keys/data-key.ts';
import { decodeBase64url, encodeBase64url } from './base64url.ts';
import { contentKeyOf } from './derive.ts';
import { hideContent, revealContent } from './hidden.ts';
import { jcs } from './json.ts';
import { toName } from './names.ts';
import { refusalOf, sampleContent, sampleId, sampleKey } from './sample.fixture.ts';

const nonce = new Uint8Array(12).fill(9);

/** Hides any P at all, as somebody with K may. */
function hideBytes(plaintext: Uint8Array): string {
  using key = sampleKey();
  const cipher = createCipheriv('aes-256-gcm', contentKeyOf(key, sampleId), nonce);
  return encodeBase64url(
    Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]),
  );
}

function reveal(hidden: string): string {
  using key = sampleKey();
  return refusalOf(() => revealContent(key, sampleId, { hidden }));
}

const revealText = (text: string, fill = ' '): string => {
  const plaintext = new Uint8Array(1024).fill(fill.charCodeAt(0));
  plaintext.set(Buffer.from(text));
  return reveal(hideBytes(plaintext));
};
const jcsOf = (changes: Partial<Record<keyof FileContent, unknown>>): string =>
  jcs({ ...sampleContent, ...changes } as FileContent);

describe('hidden content is refused', () => {
  it('with any bit of it changed, or under another key or id', () => {
    using key = sampleKey();
    using other = DataKey.generate();
    const { hidden } = hideContent(key, sampleId, sampleContent);
    const bytes = decodeBase64url(hidden);
    for (const at of [0, 11, 12, 500, 1035, 1036, 1051]) {
      const changed = bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
      expect(reveal(encodeBase64url(changed))).toBe('envelope-invalid: its hidden content does not decrypt');
    }
    expect(refusalOf(() => revealContent(other, sampleId, { hidden }))).toMatch(/does not decrypt/);
    const otherId = sampleId.replace('0f6c', '1f6c');
    expect(refusalOf(() => revealContent(key, otherId, { hidden }))).toMatch(/does not decrypt/);
  });

  it.each([
    ['nothing but spaces', '', ' ', 'it is not JSON'],
    ['zeros behind it', jcsOf({}), '\0', 'it is not JSON'],
    ['line breaks behind it', jcsOf({}), '\n', 'its hidden content is not written as the format demands'],
    ['a space before it', ` ${jcsOf({})}`, ' ', 'its hidden content is not written as the format demands'],
    [
      'white space in it',
      JSON.stringify(sampleContent, null, 1),
      ' ',
      'its hidden content is not written as the format demands',
    ],
    [
      'members not sorted',
      JSON.stringify(sampleContent),
      ' ',
      'its hidden content is not written as the format demands',
    ],
    [
      'a second spelling',
      jcsOf({}).replace('report', '\\u0072eport'),
      ' ',
      'it has a string in an unusual spelling',
    ],
    ['a member twice', jcsOf({}).replace('{', '{"kind":"file",'), ' ', 'it has the same member twice'],
    ['a bad name', jcsOf({ name: '../x' }), ' ', 'its name is not as the format demands'],
    [
      'a member more',
      jcs({ ...sampleContent, owner: 'me' }),
      ' ',
      'content has a member that version 1 does not know',
    ],
    ['hidden content inside', jcs({ hidden: 'AA' }), ' ', 'content has no member kind'],
    ['a list', '[]', ' ', 'content is not an object'],
  ])('for %s', (_, text, fill, reason) => {
    expect(revealText(text, fill)).toBe(`envelope-invalid: ${reason}`);
  });

  it('as newer for an unknown kind', () => {
    expect(revealText(jcsOf({ kind: 'volume' }))).toMatch(/^envelope-newer: its kind/);
  });

  it('for bytes that are not UTF-8', () => {
    expect(reveal(hideBytes(new Uint8Array(1024).fill(0xff)))).toBe('envelope-invalid: it is not UTF-8');
  });

  it('before it is hidden, if no reader would accept it', () => {
    using key = sampleKey();
    const badly = (changes: Partial<FileContent>) =>
      refusalOf(() => hideContent(key, sampleId, { ...sampleContent, ...changes }));
    expect(badly({ name: '..' })).toBe('envelope-invalid: its name is not as the format demands');
    expect(badly({ mode: '644' })).toBe('envelope-invalid: its mode is not as the format demands');
    expect(badly({ name: 'a'.repeat(2000) })).toBe('envelope-invalid: its name is not as the format demands');
  });
});

describe('hidden content', () => {
  it('comes back, and its length says nothing', () => {
    const content = fc.record({
      kind: fc.constantFrom('file' as const, 'folder' as const),
      name: fc.string({ unit: 'binary', maxLength: 300 }).map(toName),
      size: fc.maxSafeNat(),
      modified: fc.constantFrom('0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'),
      mode: fc.constantFrom('0000', '0777'),
    });
    using key = sampleKey();
    fc.assert(
      fc.property(content, (content) => {
        const hidden = hideContent(key, sampleId, content);
        expect(decodeBase64url(hidden.hidden)).toHaveLength(12 + 1024 + 16);
        expect(revealContent(key, sampleId, hidden)).toEqual(content);
      }),
    );
  });

  it('has room for the longest content there is: a name of 255 quotation marks', () => {
    using key = sampleKey();
    const longest: FileContent = {
      ...sampleContent,
      kind: 'folder',
      name: '"'.repeat(255),
      size: Number.MAX_SAFE_INTEGER,
    };
    expect(Buffer.byteLength(jcs(longest))).toBe(613);
    expect(revealContent(key, sampleId, hideContent(key, sampleId, longest))).toEqual(longest);
  });

  it('takes a fresh nonce each time, and one that is given', () => {
    using key = sampleKey();
    const first = hideContent(key, sampleId, sampleContent).hidden;
    expect(hideContent(key, sampleId, sampleContent).hidden).not.toBe(first);
    expect(hideContent(key, sampleId, sampleContent, nonce)).toEqual({
      hidden: hideBytes(Buffer.from(jcs(sampleContent).padEnd(1024, ' '))),
    });
  });
});
