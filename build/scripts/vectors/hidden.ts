/** @file Section 2: hidden content, right and wrong. */
import { createCipheriv, hkdfSync } from 'node:crypto';
import type { Vector } from '../../../e2e/vector.ts';
import { jcs } from '../../../electron/envelope/json.ts';
import type { JsonObject } from '../../../shared/envelope.ts';
import { base64url, fixed, type Recipe, textOf, vector } from './make.ts';

const content: JsonObject = {
  kind: 'file',
  name: 'report.pdf',
  size: 7,
  modified: '2026-11-20T09:00:00.000Z',
  mode: '0644',
};

const padded = (text: string, length = 1024): string => text.padEnd(length);

/** Hidden content with any P, sealed by hand; `K` is that of the vector called `name` unless another is given. */
function hiding(name: string, plaintext: string | Uint8Array, dataKey = fixed(`K of ${name}`)): Recipe {
  return {
    header: (header) => {
      const key = new Uint8Array(hkdfSync('sha512', dataKey, textOf(header, 'id'), 'envelope/1 content', 32));
      const nonce = fixed(`nonce of ${name}`).subarray(0, 12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = [nonce, cipher.update(Buffer.from(plaintext)), cipher.final(), cipher.getAuthTag()];
      return { ...header, content: { hidden: base64url(Buffer.concat(sealed)) } };
    },
  };
}

const wrong: Readonly<Record<string, { what: string; plaintext: string | Uint8Array }>> = {
  'hidden-1023': { what: 'P is 1023 bytes', plaintext: padded(jcs(content), 1023) },
  'hidden-1025': { what: 'P is 1025 bytes', plaintext: padded(jcs(content), 1025) },
  'hidden-unpadded': { what: 'P is not padded', plaintext: jcs(content) },
  'hidden-zeros': { what: 'P is padded with zeros', plaintext: jcs(content).padEnd(1024, '\0') },
  'hidden-line-feed': { what: 'P is padded with a line feed', plaintext: padded(`${jcs(content)}\n`) },
  'hidden-space-before': { what: 'a space before the object', plaintext: padded(` ${jcs(content)}`) },
  'hidden-spaces': { what: 'P is nothing but spaces', plaintext: padded('') },
  'hidden-not-sorted': {
    what: 'P is not JCS: members not sorted',
    plaintext: padded(JSON.stringify(content)),
  },
  'hidden-not-dense': {
    what: 'P is not JCS: a space after a colon',
    plaintext: padded(jcs(content).replace(':', ': ')),
  },
  'hidden-escape': {
    what: 'P is not canonical: an escape where none is needed',
    plaintext: padded(jcs(content).replace('report', '\\u0072eport')),
  },
  'hidden-member-twice': {
    what: 'a duplicate member in P',
    plaintext: padded(jcs(content).replace('"kind":"file"', '"kind":"file","kind":"file"')),
  },
  'hidden-not-utf8': {
    what: 'P is not UTF-8',
    plaintext: Buffer.from(padded(jcs({ ...content, name: 'a\u00e9b' })).slice(0, 1024), 'latin1'),
  },
  'hidden-name': { what: 'a forbidden name in P', plaintext: padded(jcs({ ...content, name: '..' })) },
  'hidden-more': { what: 'a member too many in P', plaintext: padded(jcs({ ...content, more: 0 })) },
  'hidden-less': {
    what: 'a member too few in P',
    plaintext: padded(jcs({ kind: 'file', name: 'a', size: 7 })),
  },
  'hidden-twice': { what: 'hidden content in P', plaintext: padded(jcs({ hidden: 'AA' })) },
  'hidden-list': { what: 'P is a list', plaintext: padded('[]') },
};

const invalid = (name: string, what: string, recipe: Recipe): Vector =>
  vector(2, name, what, 'envelope-invalid', recipe);

const opens = (name: string, what: string, recipe: Recipe): Vector =>
  vector(2, name, what, 'ok', { hide: true, ...recipe });

export function hidden(): Vector[] {
  return [
    opens('hidden', 'hidden content', {}),
    opens('hidden-longest', 'the longest that hidden content can be', {
      content: { name: '"'.repeat(255), modified: '9999-12-31T23:59:59.999Z', mode: '0777' },
    }),
    opens('hidden-empty-file', 'hidden content of an empty file', { plaintext: new Uint8Array() }),
    opens('hidden-name-not-ascii', 'a name beyond ASCII', { content: { name: 'Übersicht 😀.pdf' } }),
    ...Object.entries(wrong).map(([name, { what, plaintext }]) =>
      invalid(name, what, hiding(name, plaintext)),
    ),
    vector(
      2,
      'hidden-newer-kind',
      'made by a newer version, as P says',
      'envelope-newer',
      hiding('hidden-newer-kind', padded(jcs({ ...content, kind: 'disk' }))),
    ),
    invalid(
      'hidden-foreign-key',
      'P is sealed with the content key of another K',
      hiding('hidden-foreign-key', padded(jcs(content)), fixed('another K')),
    ),
    invalid('hidden-and-name', 'a member beside hidden', {
      hide: true,
      header: (header) => ({ ...header, content: { ...(header.content as JsonObject), name: 'report.pdf' } }),
    }),
    invalid('hidden-number', 'hidden is not a string', {
      header: (header) => ({ ...header, content: { hidden: 1 } }),
    }),
    vector(2, 'hidden-flip', 'a letter of the hidden content was changed after sealing', 'envelope-altered', {
      hide: true,
      text: (text) =>
        text.replace(/"hidden":"(.)/, (_, letter: string) => `"hidden":"${letter === 'A' ? 'B' : 'A'}`),
    }),
  ];
}
