import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Manifest, readManifest, signManifest } from './manifest.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const trusted = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

const manifest: Manifest = {
  version: 1,
  system: 'linux',
  program: '1.2.3',
  released: '2026-11-26T04:00:00.000Z',
  files: [
    { name: 'Envelope-1.2.3-linux-x86_64.AppImage', sha512: Buffer.alloc(64).toString('base64'), size: 9 },
  ],
};
const textOf = (changes: object = {}): string => JSON.stringify({ ...manifest, ...changes });
const read = (text: string, signature = signManifest(text, privateKey)): Manifest =>
  readManifest(text, signature, trusted, 'linux');

const untrusted = expect.objectContaining({ code: 'update-untrusted' });

describe('what a feed says', () => {
  it('is read if it is signed', () => {
    expect(read(textOf())).toEqual(manifest);
    expect(read(textOf(), `${signManifest(textOf(), privateKey)}\n`)).toEqual(manifest);
  });

  it.each([
    ['nobody', ''],
    ['noise', Buffer.alloc(64, 7).toString('base64')],
    ['another key', signManifest(textOf(), generateKeyPairSync('ed25519').privateKey)],
    ['the same key for another text', signManifest(textOf({ program: '1.2.4' }), privateKey)],
    // Without the purpose before it, as any other program would sign.
    ['the same key for something else', sign(null, Buffer.from(textOf()), privateKey).toString('base64')],
  ])('is refused if it is signed by %s', (_, signature) => {
    expect(() => read(textOf(), signature)).toThrow(untrusted);
  });

  it('is refused with any byte changed', () => {
    const text = textOf();
    const signature = signManifest(text, privateKey);
    for (let at = 0; at < text.length; at += 1) {
      const changed = text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
      expect(() => read(changed, signature)).toThrow(untrusted);
    }
  });

  it.each([
    ['of another system', { system: 'win' }],
    ['of a later form', { version: 2 }],
    ['with a member that nobody knows', { more: 1 }],
    ['without files', { files: [] }],
    ['whose version is none', { program: 'newest' }],
    ['whose file lies elsewhere', { files: [{ ...manifest.files[0], name: '../x.AppImage' }] }],
    ['whose file is an address', { files: [{ ...manifest.files[0], name: 'https://evil.example/x' }] }],
    ['whose file is hidden', { files: [{ ...manifest.files[0], name: '.x' }] }],
    ['whose sum is none', { files: [{ ...manifest.files[0], sha512: 'AAAA' }] }],
  ])('%s is refused although it is signed', (_, changes) => {
    expect(() => read(textOf(changes))).toThrow(untrusted);
  });

  it('that is no JSON is refused although it is signed', () => {
    expect(() => read('{')).toThrow(untrusted);
  });

  it('is believed of an Ed25519 key alone', () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = other.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    const signature = signManifest(textOf(), privateKey);
    expect(() => readManifest(textOf(), signature, spki, 'linux')).toThrow('not Ed25519');
  });
});
