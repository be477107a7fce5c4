import type { ConnectionKeys, ListedKey } from '../../shared/desktop.ts';

const account = '111122223333';
const arn = (region: string, id: string): string => `arn:aws:kms:${region}:${account}:key/${id}`;

export const thisComputer = 'local:7c2f8d1e-93ab-4c55-8f0e-2b61d04a9e57';
export const payroll = arn('eu-central-1', '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d');

export const localKeys: ListedKey[] = [
  {
    provider: 'local',
    key: thisComputer,
    name: 'This computer',
    protection: 'os',
    canSeal: true,
    canOpen: true,
    isDefault: true,
  },
  {
    provider: 'local',
    key: 'local:0b9e3f66-2c4d-4e1a-b7f8-5a6d7c8e9f01',
    name: 'Archive drive',
    protection: 'passphrase',
    canSeal: true,
    canOpen: true,
    isDefault: false,
  },
  {
    provider: 'age',
    key: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
    name: 'Mei (colleague)',
    canSeal: true,
    canOpen: false,
    isDefault: false,
  },
];

const kms = (region: string, id: string, name: string, more: Partial<ListedKey> = {}): ListedKey => ({
  provider: 'aws-kms',
  key: arn(region, id),
  name,
  canSeal: true,
  canOpen: true,
  isDefault: false,
  connection: 'Work',
  state: 'Enabled',
  region,
  account,
  multiRegion: id.startsWith('mrk-'),
  rotation: true,
  ...more,
});

const work: ConnectionKeys = {
  connection: 'Work',
  keys: [
    kms('eu-central-1', '1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d', 'alias/payroll'),
    kms('eu-central-1', 'mrk-9f8e7d6c5b4a49382716f5e4d3c2b1a0', 'alias/shared/archive'),
    kms('eu-central-1', '7d3f0a91-4b2c-4f7e-9d15-6a8b0c2e4f60', 'alias/old-reports', {
      state: 'PendingDeletion',
      canSeal: false,
      canOpen: false,
      rotation: false,
      deletion: '2026-12-14T09:00:00.000Z',
    }),
    kms('eu-central-1', 'c0ffee00-1234-4abc-9def-567890abcdef', 'alias/finance-read', { canSeal: false }),
  ],
};

const lab: ConnectionKeys = {
  connection: 'Lab',
  keys: [],
  error: {
    code: 'credentials-expired',
    message: 'the session has expired',
    details: { action: 'ListAliases', profile: 'lab', region: 'us-east-1' },
  },
};

export const connectionKeys: Readonly<Record<string, ConnectionKeys>> = { Work: work, Lab: lab };
