import type { CanOpen, Card } from '../../shared/desktop.ts';
import { payroll, thisComputer } from './sample-keys.ts';

const card: Card = {
  grant: 'card',
  file: 'Q3 payroll.xlsx.envelope',
  id: '5f0c2a1e-7b94-4d3e-a6c8-91e2d7f4b0a3',
  created: '2026-11-20T08:14:09.512Z',
  cipher: 'AES256_GCM_HKDF_1MB',
  content: {
    kind: 'file',
    name: 'Q3 payroll.xlsx',
    size: 48_318_221,
    modified: '2026-11-19T17:02:44.000Z',
    mode: '0644',
  },
  labels: { department: 'finance', 'data-class': 'confidential' },
  keys: [
    { state: 'known', provider: 'local', key: thisComputer, name: 'This computer', wrappedBytes: 80 },
    {
      state: 'known',
      provider: 'aws-kms',
      key: payroll,
      name: 'alias/payroll',
      wrappedBytes: 184,
      region: 'eu-central-1',
      account: '111122223333',
    },
    {
      state: 'known',
      provider: 'aws-kms',
      key: 'arn:aws:kms:us-east-1:999988887777:key/0f1e2d3c-4b5a-4968-8776-655443322110',
      wrappedBytes: 184,
      region: 'us-east-1',
      account: '999988887777',
    },
    { state: 'unknown', provider: 'tpm' },
  ],
  body: { state: 'found', name: 'Q3 payroll.xlsx.enc', size: 48_319_061 },
  salt: '28a1c4e9b7d03f5612884dce90ab37f1d2c65e0b9a7843f16d5e20c3b4a7918f5566778899aabbcc',
};

export function sampleCard(grant: string, scene: string | null): Card {
  if (scene === 'hidden') {
    const { content: _hidden, ...rest } = card;
    return { ...rest, grant, file: 'a7c20f93.envelope', labels: {}, keys: card.keys.slice(0, 1) };
  }
  if (scene === 'missing') {
    const error = {
      code: 'body-missing',
      message: 'no body',
      details: { expected: 'Q3 payroll.xlsx.enc' },
    } as const;
    return { ...card, grant, body: { state: 'wrong', error } };
  }
  return { ...card, grant };
}

export function sampleCanOpen(card: Card): CanOpen[] {
  return card.keys.map((key, index): CanOpen => {
    if (key.provider === 'local') return { index, answer: 'yes' };
    if (key.account === '111122223333') {
      const details = {
        action: 'Decrypt',
        key: key.key,
        region: key.region,
        requestId: 'd8a1f0b2-33c4-4e55',
      };
      return { index, answer: 'no', error: { code: 'kms-access-denied', message: 'denied', details } };
    }
    if (key.account !== undefined) return { index, answer: 'unasked' };
    return { index, answer: 'no' };
  });
}
