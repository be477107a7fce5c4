/** @file A look at the health of envelopes, acted: keys and problems of every kind. */
import type { Routes } from '../../shared/contract.ts';
import type { HealthFile, HealthSummary, KeyHealth } from '../../shared/health.ts';
import type { HealthGroup, HealthView } from '../../shared/health-view.ts';
import type { Events } from './events.ts';
import { sampleSettings } from './sample-settings.ts';

const old = 'arn:aws:kms:eu-central-1:111122223333:key/2f1c7a3e-0b6d-4a53-9a55-0d1c5b0b6a11';
const theirs = 'arn:aws:kms:us-east-1:444455556666:key/9e1c7a3e-0b6d-4a53-9a55-0d1c5b0b6a22';
const contracts = 'arn:aws:kms:eu-central-1:111122223333:key/d5ba87f6-c852-452a-8acf-2ddad6e1fc6e';

const keys: KeyHealth[] = [
  {
    index: 1,
    provider: 'aws-kms',
    key: old,
    name: 'alias/old',
    files: 158,
    opens: 0,
    alone: 41,
    answers: { deleting: 158 },
    assumed: 0,
    state: 'PendingDeletion',
    until: '2026-12-03T16:20:00.000Z',
    account: '111122223333',
    region: 'eu-central-1',
  },
  {
    index: 2,
    provider: 'aws-kms',
    key: theirs,
    files: 3,
    opens: 0,
    alone: 3,
    answers: { account: 3 },
    assumed: 0,
    error: {
      code: 'account-unknown',
      message: '',
      details: { account: 'aws:444455556666', region: 'us-east-1' },
    },
    account: '444455556666',
    region: 'us-east-1',
  },
  {
    index: 0,
    provider: 'aws-kms',
    key: contracts,
    name: 'alias/contracts',
    files: 812,
    opens: 812,
    alone: 640,
    answers: { opens: 812 },
    assumed: 0,
    state: 'Enabled',
    account: '111122223333',
    region: 'eu-central-1',
  },
];

const summary: HealthSummary = {
  folders: 96,
  envelopes: 858,
  bytes: 48_200_000_000,
  opens: 812,
  alone: 684,
  links: 2,
  verified: 0,
  verifiedBytes: 0,
  problems: { closed: 41, unsure: 3, 'body-missing': 2 },
  keys,
  calls: { DescribeKey: 2, Decrypt: 1, ListAliases: 2 },
  someLinks: [],
  cancelled: false,
  seconds: 4,
};

const groups: HealthGroup[] = [
  { id: 'body-missing', kind: 'body-missing', files: 2, listed: 2 },
  { id: 'closed', kind: 'closed', files: 41, listed: 41 },
  { id: 'unsure', kind: 'unsure', files: 3, listed: 3 },
  { id: 'closed 1', kind: 'closed', key: 1, files: 41, listed: 41 },
  { id: 'ending 1', kind: 'ending', key: 1, files: 117, listed: 117 },
  { id: 'alone 0', kind: 'alone', key: 0, files: 640, listed: 640 },
];

const fileAt = (index: number): HealthFile => ({
  path: `/Volumes/Archive/Contracts/${2019 + (index % 8)}/Contract ${index + 1}.pdf.envelope`,
  keys: [],
});

export function healthRoutes(params: URLSearchParams, events: Events) {
  let view: HealthView | undefined;
  const tell = (state: HealthView['state'], deep: boolean, more: Partial<HealthView>): void => {
    const places = ['Archive'];
    view = { id: 'look', state, deep, places, counts: summary, path: fileAt(0).path, ...more };
    events.tell('healthChanged', view);
  };
  return {
    startHealth: async ({ deep }) => {
      tell('running', deep, {});
      await new Promise((resolve) => setTimeout(resolve, 1500));
      tell('ended', deep, { result: { summary, groups } });
      return 'look';
    },
    cancelHealth: () => {},
    health: () => view,
    healthFiles: (_group, from, count) => Array.from({ length: count }, (_, index) => fileAt(from + index)),
    showHealthFile: () => {},
    grantHealthFile: (_group, index) => ({
      id: 'health-file',
      name: `Contract ${index + 1}.pdf.envelope`,
      kind: 'file',
      size: 1_204,
    }),
    grantHealth: () => ({ grants: [], refused: [] }),
    approveHealthKey: () => sampleSettings(params),
    exportHealth: (format) => `health.${format}`,
  } satisfies Partial<Routes>;
}
