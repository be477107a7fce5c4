import type { SettingsView } from '../../shared/contract.ts';
import type { AppInfo, KeyStoreState } from '../../shared/desktop.ts';
import type { ManagedView } from '../../shared/managed.ts';
import { defaultSettings, type Appearance, type Language } from '../../shared/settings.ts';

const keyStores: Readonly<Record<string, KeyStoreState>> = {
  real: { kind: 'real', name: 'GNOME Keyring' },
  weak: { kind: 'weak' },
  none: { kind: 'none' },
};

const managedKey = 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z';
const managedPath = '/etc/envelope/policy.json';

function managedIn(scene: string | null): { managed?: ManagedView } {
  if (scene === null) return {};
  if (scene === 'invalid') {
    const details = { path: managedPath, problem: 'writable', at: '/etc/envelope' };
    return { managed: { state: 'invalid', error: { code: 'managed-invalid', message: '', details } } };
  }
  const trust = { accounts: ['aws:111122223333:*'], ask: scene !== 'fixed' };
  const keys = [managedKey];
  return { managed: { state: 'valid', path: managedPath, trust, keys } };
}

export function sampleSettings(params: URLSearchParams): SettingsView {
  const connected = params.get('double') !== 'empty';
  return {
    settings: {
      ...defaultSettings,
      appearance: (params.get('appearance') ?? 'system') as Appearance,
      language: (params.get('lang') ?? 'system') as Language,
      accounts: connected
        ? ['aws:111122223333:eu-central-1', 'aws:444455556666', 'aws-cn:777788889999:*']
        : [],
      connections: connected
        ? [
            { name: 'Work', credentials: { kind: 'profile', profile: 'work' }, region: 'eu-central-1' },
            {
              name: 'Lab',
              credentials: {
                kind: 'role',
                roleArn: 'arn:aws:iam::444455556666:role/sealer',
                sourceProfile: 'lab',
                mfaSerial: 'arn:aws:iam::444455556666:mfa/kim',
              },
              region: 'us-east-1',
              fips: true,
            },
            {
              name: 'Partner',
              credentials: { kind: 'keys', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
              region: 'eu-west-1',
            },
          ]
        : [],
    },
    secrets: connected ? { Partner: 'stored' } : {},
    keyStore: keyStores[params.get('keystore') ?? 'real'] ?? { kind: 'none' },
    policies: connected
      ? [{ id: 'p', path: '/srv/projects/apollo/.envelope-policy.json', keys: [managedKey] }]
      : [],
    ...managedIn(params.get('managed')),
  };
}

export function sampleInfo(params: URLSearchParams): AppInfo {
  return {
    version: '0.1.0',
    platform: 'linux',
    locale: navigator.language,
    keyStore: sampleSettings(params).keyStore,
    sandboxOff: params.has('no-sandbox'),
    elevated: params.has('elevated'),
  };
}
