import type { Prompt } from '../../shared/desktop.ts';
import { payroll } from './sample-keys.ts';

const prompts: Readonly<Record<string, Prompt>> = {
  passphrase: { id: 'p1', kind: 'passphrase', purpose: 'unlock', keyName: 'Archive drive', again: true },
  protect: { id: 'p2', kind: 'passphrase', purpose: 'protect', keyName: 'Archive drive', again: false },
  mfa: { id: 'p3', kind: 'mfa', serial: 'arn:aws:iam::444455556666:mfa/kim', again: false },
  account: {
    id: 'p4',
    kind: 'account',
    account: '999988887777',
    partition: 'aws',
    region: 'us-east-1',
    key: payroll.replace('111122223333', '999988887777'),
    unfamiliar: 'account',
  },
  policy: {
    id: 'p6',
    kind: 'policy-keys',
    policy: '/srv/projects/apollo/.envelope-policy.json',
    keys: ['age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z'],
  },
  session: {
    id: 'p5',
    kind: 'session',
    connection: 'Lab',
    signIn: false,
    error: { code: 'credentials-expired', message: 'expired', details: { profile: 'work' } },
  },
  'sign-in': {
    id: 'p6',
    kind: 'session',
    connection: 'Work',
    signIn: true,
    error: { code: 'credentials-expired', message: 'expired', details: {} },
  },
};

export const samplePrompt = (name: string | null): Prompt | undefined =>
  name === null ? undefined : prompts[name];
