import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DataKey } from '../keys/data-key.ts';
import { checkCommitment, checkMac, commitmentSalt, contentKeyOf, fileKeyOf, macOf } from './derive.ts';
import {
  refusalOf,
  sampleEnvelope,
  sampleHeader,
  sampleId,
  sampleKey,
  sampleStream,
} from './sample.fixture.ts';

const hmac = (hash: string, key: Uint8Array, ...parts: (string | Uint8Array)[]): Uint8Array =>
  parts
    .reduce<ReturnType<typeof createHmac>>((mac, part) => mac.update(part), createHmac(hash, key))
    .digest();

/** Section 3 by hand, from RFC 5869: extract, then the first block of expand. */
function derivedByHand(info: string): Uint8Array {
  const prk = hmac(
    'sha512',
    Buffer.from(sampleId),
    Uint8Array.from({ length: 32 }, (_, index) => index),
  );
  return Uint8Array.from(hmac('sha512', prk, info, Uint8Array.of(1)).subarray(0, 32));
}

type TinkVector = { name: string; keyHex: string; aadHex: string; headerHex: string; derivedKeyHex: string };
const tink = JSON.parse(readFileSync(new URL('../../e2e/vectors/tink.json', import.meta.url), 'utf8')) as {
  vectors: TinkVector[];
};

describe('the commitment', () => {
  it.each<[string, (stream: Uint8Array) => void]>([
    ['the first bit of the salt', (stream) => (stream[1]! ^= 0x80)],
    ['the last bit of the salt', (stream) => (stream[32]! ^= 1)],
  ])('does not fit when it differs in %s', (_, change) => {
    using key = sampleKey();
    const stream = sampleStream();
    change(stream);
    expect(
      refusalOf(() => {
        checkCommitment(key, sampleId, stream);
      }),
    ).toMatch(/^key-wrong/);
  });

  it('does not fit another key or another id', () => {
    using key = sampleKey();
    using other = DataKey.generate();
    const otherId = sampleId.replace('0f6c', '1f6c');
    expect(
      refusalOf(() => {
        checkCommitment(other, sampleId, sampleStream());
      }),
    ).toMatch(/^key-wrong/);
    expect(
      refusalOf(() => {
        checkCommitment(key, otherId, sampleStream());
      }),
    ).toMatch(/^key-wrong/);
  });

  it('of what is no header of a body is a bug', () => {
    using key = sampleKey();
    expect(() => {
      checkCommitment(key, sampleId, new Uint8Array(39));
    }).toThrow('not the header of a body');
    expect(() => fileKeyOf(key, sampleId, new Uint8Array(40))).toThrow('not the header of a body');
  });

  it('says nothing about the nonce prefix', () => {
    using key = sampleKey();
    const stream = sampleStream();
    stream[39]! ^= 1;
    expect(
      refusalOf(() => {
        checkCommitment(key, sampleId, stream);
      }),
    ).toBe('accepted');
  });
});

describe('the MAC', () => {
  it('does not fit another header, another key or another MAC', () => {
    using key = sampleKey();
    using other = DataKey.generate();
    const envelope = sampleEnvelope();
    const renamed = { ...envelope, header: sampleHeader({ context: { project: 'Apollo' } }) };
    const flipped = { ...envelope, mac: envelope.mac.map((byte, index) => (index === 31 ? byte ^ 1 : byte)) };
    expect(
      refusalOf(() => {
        checkMac(key, renamed);
      }),
    ).toMatch(/^envelope-altered/);
    expect(
      refusalOf(() => {
        checkMac(key, flipped);
      }),
    ).toMatch(/^envelope-altered/);
    expect(
      refusalOf(() => {
        checkMac(other, envelope);
      }),
    ).toMatch(/^envelope-altered/);
    expect(
      refusalOf(() => {
        checkMac(key, envelope);
      }),
    ).toBe('accepted');
  });

  it('is HMAC-SHA-256 over the JCS of the header', () => {
    using key = sampleKey();
    const { stream } = sampleHeader();
    const jcs =
      '{"cipher":"AES256_GCM_HKDF_1MB","content":{"kind":"file","mode":"0644","modified":"2026-11-20T09:00:00.000Z",' +
      '"name":"report.pdf","size":1234567},"context":{"project":"apollo"},"created":"2026-11-23T16:20:00.000Z",' +
      `"id":"${sampleId}","stream":"${stream}"}`;
    expect(macOf(key, sampleHeader())).toEqual(
      Uint8Array.from(hmac('sha256', derivedByHand('envelope/1 mac'), jcs)),
    );
  });
});

describe('derived keys', () => {
  it('are HKDF-SHA-512 of K with the id as salt', () => {
    using key = sampleKey();
    expect(commitmentSalt(key, sampleId)).toEqual(derivedByHand('envelope/1 salt'));
    expect(contentKeyOf(key, sampleId)).toEqual(derivedByHand('envelope/1 content'));
  });

  it('cannot be had from a wiped key', () => {
    const key = sampleKey();
    key.wipe();
    expect(() => commitmentSalt(key, sampleId)).toThrow('wiped');
    expect(() => macOf(key, sampleHeader())).toThrow('wiped');
  });

  // Our associated data is the id, so it is text, and short.
  const withId = tink.vectors
    .map((vector) => ({ ...vector, id: Buffer.from(vector.aadHex, 'hex').toString() }))
    .filter(({ id, aadHex }) => Buffer.from(id).toString('hex') === aadHex && id.length <= 36);

  it.each(withId.map((vector) => [vector.name, vector] as const))(
    'the file key is the one Tink derives: %s',
    (_, { id, ...vector }) => {
      const stream = Buffer.from(vector.headerHex, 'hex');
      using key = DataKey.take(Buffer.from(vector.keyHex, 'hex'));
      expect(Buffer.from(fileKeyOf(key, id, stream)).toString('hex')).toBe(vector.derivedKeyHex);
    },
  );
});
