/** @file Any single-byte change of an envelope is refused, or changes only `keys` and white space. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEnvelopeError } from '../../shared/errors.ts';
import { parseEnvelope, serialiseEnvelope } from './codec.ts';
import { checkCommitment, checkMac } from './derive.ts';
import { hideContent } from './hidden.ts';
import {
  bytesOf,
  sampleContent,
  sampleEnvelope,
  sampleId,
  sampleKey,
  sampleStream,
  sampleText,
} from './sample.fixture.ts';

const { header, mac } = sampleEnvelope();
const text = sampleText();
const bytes = bytesOf(text);
const keysAt = text.indexOf('"keys"');

/** How the opening steps 1 to 4 of section 3 end, K being right. */
function outcome(changed: Uint8Array): string {
  using key = sampleKey();
  try {
    const envelope = parseEnvelope(changed);
    checkMac(key, envelope);
    expect(envelope.header).toEqual(header);
    expect(envelope.mac).toEqual(mac);
    return 'opens';
  } catch (error) {
    if (!isEnvelopeError(error, 'envelope-invalid', 'envelope-newer', 'envelope-altered')) throw error;
    return error.code;
  }
}

function changedAt(at: number, byte: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = byte;
  return changed;
}

const isWhiteSpace = (byte: number | undefined): boolean =>
  byte !== undefined && ' \t\r\n'.includes(String.fromCharCode(byte));

describe('a change of one byte', () => {
  it('before keys is refused unless it is white space for white space, at every byte', () => {
    for (let at = 0; at < keysAt; at += 1) {
      const spaces = isWhiteSpace(bytes[at]);
      expect(outcome(changedAt(at, bytes[at]! ^ 1))).not.toBe('opens');
      expect(outcome(changedAt(at, 0x20)) === 'opens').toBe(spaces);
    }
  });

  it('anywhere, to anything, is refused or leaves header and MAC as they were', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const result = outcome(changedAt(at, byte));
        seen.add(result);
        if (at < keysAt && byte !== bytes[at])
          expect(result === 'opens').toBe(isWhiteSpace(bytes[at]) && isWhiteSpace(byte));
      }),
      { numRuns: 5000 },
    );
    expect([...seen].sort()).toEqual(['envelope-altered', 'envelope-invalid', 'envelope-newer', 'opens']);
  });

  it('of what is hidden is refused', () => {
    using key = sampleKey();
    const hidden = hideContent(key, sampleId, sampleContent);
    const sealed = new TextDecoder().decode(serialiseEnvelope(sampleEnvelope({ content: hidden })));
    for (const at of [0, 700, 1402]) {
      const changed =
        hidden.hidden.slice(0, at) + (hidden.hidden[at] === 'A' ? 'Q' : 'A') + hidden.hidden.slice(at + 1);
      expect(outcome(bytesOf(sealed.replace(hidden.hidden, changed)))).toMatch(
        /^envelope-(altered|invalid)$/,
      );
    }
  });
});

describe('a stolen part', () => {
  it('such as the id or the stream of another envelope is refused', () => {
    using key = sampleKey();
    const otherId = sampleId.replace('0f6c', '1f6c');
    const other = sampleEnvelope({ id: otherId });
    for (const stolen of [
      { ...other, header: { ...other.header, id: sampleId } },
      { ...other, header: { ...other.header, stream: header.stream } },
      { ...other, header },
    ]) {
      expect(outcome(serialiseEnvelope(stolen))).toBe('envelope-altered');
    }
    expect(() => {
      checkCommitment(key, otherId, sampleStream());
    }).toThrow('not the data key');
  });
});
