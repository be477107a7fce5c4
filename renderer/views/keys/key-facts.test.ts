import { describe, expect, it } from 'vitest';
import type { ListedKey } from '../../../shared/desktop.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import type { TestProgress } from '../../../shared/contract.ts';
import { keysEn as text } from '../../text/keys.en.ts';
import { noTest } from '../settings/test-steps.ts';
import { cloudFacts, protectionFact, rightsOf, stateName, usesFact } from './key-facts.ts';

type Outcome = TestProgress['outcome'];

const local: ListedKey = {
  provider: 'local',
  key: 'local:a',
  name: 'This computer',
  protection: 'os',
  canSeal: true,
  canOpen: true,
  isDefault: true,
};
const real = { kind: 'real', name: 'GNOME Keyring' } as const;

describe('protectionFact', () => {
  it('never says that a key store keeps a key which it does not', () => {
    expect(protectionFact(local, real, text)).toContain('GNOME Keyring');
    for (const keyStore of [{ kind: 'weak' }, { kind: 'none' }] as const) {
      expect(protectionFact(local, keyStore, text)).toContain('out of reach');
    }
    expect(protectionFact({ ...local, canOpen: false }, real, text)).toContain('out of reach');
  });

  it('says who can read a file that nothing else protects', () => {
    expect(protectionFact({ ...local, protection: 'file' }, real, text)).toContain(
      'permissions of its file only',
    );
    expect(protectionFact({ ...local, protection: 'file', readableByOthers: true }, real, text)).toBe(
      text.readableByOthers,
    );
  });

  it('does not call the key of somebody else one’s own', () => {
    expect(protectionFact({ ...local, provider: 'age' }, real, text)).toBe(text.recipient);
  });
});

describe('cloud keys', () => {
  const kms: ListedKey = { ...local, provider: 'aws-kms', region: 'eu-central-1', account: '111122223333' };

  it('tells a rotation that may not be asked about from one that is off', () => {
    expect(cloudFacts(kms, text)).toContain(text.rotationUnknown);
    expect(cloudFacts({ ...kms, rotation: false }, text)).toContain(text.rotatesNot);
    expect(cloudFacts({ ...kms, rotation: true, multiRegion: true }, text)).toEqual([
      'region eu-central-1',
      'account 111122223333',
      text.multiRegion,
      text.rotates,
    ]);
  });

  it('says what a key can do', () => {
    expect(usesFact(kms, text)).toBe(text.uses.both);
    expect(usesFact({ ...kms, canOpen: false }, text)).toBe(text.uses.seal);
    expect(usesFact({ ...kms, canSeal: false }, text)).toBe(text.uses.open);
    expect(usesFact({ ...kms, canSeal: false, canOpen: false }, text)).toBe(text.uses.none);
  });

  it('says whether one may only as far as the KMS has said so', () => {
    const yes = { ok: true } as const;
    const failed = (code: ErrorCode) => ({ ok: false, error: { code, message: '', details: {} } }) as const;
    const no = failed('kms-access-denied');
    const silent = failed('kms-unavailable');
    const after = (generate: Outcome, decrypt: Outcome) =>
      rightsOf({ running: false, outcomes: { credentials: yes, generate, decrypt } });
    expect(after(yes, yes)).toBe('both');
    expect(after(yes, no)).toBe('seal');
    expect(after(no, yes)).toBe('open');
    expect(after(no, no)).toBe('none');
    expect(after(yes, silent)).toBe('unsaid');
    expect(after(silent, no)).toBe('unsaid');
    expect(rightsOf({ running: false, outcomes: { credentials: failed('credentials-expired') } })).toBe(
      'unsaid',
    );
    expect(rightsOf({ running: true, outcomes: { generate: yes, decrypt: yes } })).toBeUndefined();
    expect(rightsOf(noTest)).toBeUndefined();
  });

  it('shows a state that AWS invents later as it is', () => {
    expect(stateName('Disabled', text)).toBe('Disabled');
    expect(stateName('Dreaming', text)).toBe('Dreaming');
  });
});
