/** @file Section 3: what is derived from the data key, and the order of opening. */
import { createHmac, hkdfSync } from 'node:crypto';
import type { Vector } from '../../../e2e/vector.ts';
import { commitmentSalt } from '../../../electron/envelope/derive.ts';
import { DataKey } from '../../../electron/keys/data-key.ts';
import type { JsonObject } from '../../../shared/envelope.ts';
import { base64url, fixed, fixedId, localEntry, type Recipe, textOf, vector } from './make.ts';
import { bodyForTwo } from './two-keys.ts';

const three = (name: string, what: string, expect: Vector['expect'], recipe: Recipe): Vector =>
  vector(3, name, what, expect, recipe);

const changedAfterwards = (change: (header: JsonObject) => JsonObject): Recipe => ({
  envelope: (envelope) => ({ ...envelope, header: change(envelope.header as JsonObject) }),
});

const inContent = (change: JsonObject): Recipe =>
  changedAfterwards((header) => ({ ...header, content: { ...(header.content as JsonObject), ...change } }));

/** Other derivations of the MAC key than the one of section 3. */
function macUnder(name: string, hash: string, info: string): Recipe {
  return {
    envelope: (envelope) => {
      const header = envelope.header as JsonObject;
      const key = hkdfSync(hash, fixed(`K of ${name}`), textOf(header, 'id'), info, 32);
      const mac = createHmac('sha256', new Uint8Array(key)).update(JSON.stringify(header)).digest();
      return { ...envelope, mac: base64url(mac) };
    },
  };
}

function macs(): Vector[] {
  const altered = (name: string, what: string, recipe: Recipe) =>
    three(name, what, 'envelope-altered', recipe);
  return [
    altered('mac-zero', 'a MAC of zeros', {
      envelope: (envelope) => ({ ...envelope, mac: base64url(new Uint8Array(32)) }),
    }),
    altered('mac-name', 'another name', inContent({ name: 'invoice.pdf' })),
    altered('mac-modified', 'another time', inContent({ modified: '2026-11-20T09:00:00.001Z' })),
    altered('mac-mode', 'another mode', inContent({ mode: '0777' })),
    altered('mac-kind', 'a file passed off as a folder', inContent({ kind: 'folder' })),
    altered(
      'mac-created',
      'another time of creation',
      changedAfterwards((header) => ({ ...header, created: '2026-11-23T16:20:00.001Z' })),
    ),
    altered(
      'mac-not-jcs',
      'a MAC over the header in file order',
      macUnder('mac-not-jcs', 'sha512', 'envelope/1 mac'),
    ),
    altered('mac-label', 'a MAC key with another info', macUnder('mac-label', 'sha512', 'envelope/2 mac')),
    altered('mac-sha-256', 'a MAC key by HKDF-SHA-256', macUnder('mac-sha-256', 'sha256', 'envelope/1 mac')),
    three('mac-labels', 'another label: the local wrap is bound to it, so no key opens', 'no-key-opens', {
      ...changedAfterwards((header) => ({ ...header, context: { project: 'gemini' } })),
      attempts: ['key-damaged'],
    }),
    three('mac-id', 'another id: the local wrap is bound to it, so no key opens', 'no-key-opens', {
      ...changedAfterwards((header) => ({ ...header, id: fixedId('another id') })),
      attempts: ['key-damaged'],
    }),
    three(
      'mac-members-sorted',
      'members in another order: the MAC is over JCS',
      'ok',
      changedAfterwards(({ context, content, ...rest }) => ({
        context: context ?? null,
        content: content ?? null,
        ...rest,
      })),
    ),
  ];
}

const foreign = fixed('a foreign K');

const foreignKey: NonNullable<Recipe['keys']> = ({ id, context }) => [localEntry(foreign, id, context)];

function commitments(): Vector[] {
  const keyWrong = (name: string, what: string, recipe: Recipe) =>
    three(name, what, 'no-key-opens', { attempts: ['key-wrong'], ...recipe });
  return [
    keyWrong(
      'commitment-foreign-key',
      'the only entry unwraps to the K of another file (or a cache held it)',
      { keys: foreignKey },
    ),
    three(
      'commitment-foreign-key-first',
      'the first entry unwraps to a foreign K, the second to the right one',
      'ok',
      {
        keys: (sealed) => [...foreignKey(sealed), localEntry(sealed.dataKey, sealed.id, sealed.context)],
      },
    ),
    keyWrong('commitment-random-salt', 'a body by a stock Tink encryptor: a random salt', {
      salt: fixed('a random salt'),
    }),
    keyWrong('commitment-of-another-id', 'the commitment of the same K under another id', {
      salt: committed('commitment-of-another-id', fixedId('another id')),
    }),
  ];
}

function committed(name: string, id: string): Uint8Array {
  using key = DataKey.take(Uint8Array.from(fixed(`K of ${name}`)));
  return commitmentSalt(key, id);
}

function twoKeys(): Vector[] {
  const left = { dataKey: fixed('K of the left envelope'), id: fixedId('the left envelope') };
  const right = { dataKey: fixed('K of the right envelope'), id: fixedId('the right envelope') };
  const prefix = fixed('prefix of the body for two').subarray(0, 7);
  const parts = (salt: Uint8Array, side: typeof left): Recipe => {
    const stream = Buffer.concat([Uint8Array.of(40), salt, prefix]);
    return {
      ...side,
      salt,
      plaintext: new Uint8Array(48),
      header: (header) => ({ ...header, stream: base64url(stream) }),
      body: () => bodyForTwo(stream, 3, [left, right]),
      attempts: ['key-wrong'],
    };
  };
  const random = fixed('the salt of the body for two');
  using key = DataKey.take(Uint8Array.from(left.dataKey));
  const ofLeft = commitmentSalt(key, left.id);
  return [
    three(
      'two-envelopes-left',
      'one body, prepared for two keys: Tink opens it with either',
      'no-key-opens',
      parts(random, left),
    ),
    three('two-envelopes-right', 'the other envelope of the same body', 'no-key-opens', parts(random, right)),
    three(
      'two-envelopes-committed-to-left',
      'a body prepared for two keys, its salt committing to the other one',
      'no-key-opens',
      parts(ofLeft, right),
    ),
  ];
}

function order(): Vector[] {
  return [
    three('order-foreign-before-key', 'the body is compared before any key is tried', 'body-foreign', {
      keys: foreignKey,
      body: (body) => Buffer.concat([Uint8Array.of(40), new Uint8Array(32), body.subarray(33)]),
    }),
    three('order-size-before-key', 'the size is compared before any key is tried', 'body-cut-short', {
      keys: foreignKey,
      content: { size: 8 },
    }),
    three('order-key-before-mac', 'the commitment is checked before the MAC', 'no-key-opens', {
      keys: foreignKey,
      attempts: ['key-wrong'],
      ...inContent({ name: 'invoice.pdf' }),
    }),
    three('order-mac-before-hidden', 'the MAC is checked before hidden content', 'envelope-altered', {
      hide: true,
      ...changedAfterwards((header) => ({ ...header, content: { hidden: base64url(new Uint8Array(1052)) } })),
    }),
    three('order-mac-before-segments', 'the MAC is checked before any segment', 'envelope-altered', {
      ...inContent({ mode: '0600' }),
      body: (body) => Buffer.concat([body.subarray(0, 40), new Uint8Array(body.length - 40)]),
    }),
  ];
}

export function opening(): Vector[] {
  return [...macs(), ...commitments(), ...twoKeys(), ...order()];
}
