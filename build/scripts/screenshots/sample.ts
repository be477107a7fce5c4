/** @file What a small architect's office might have: its files, its keys and its KMS. */
import { truncateSync } from 'node:fs';
import { envelope } from '../../../e2e/desktop/command-line.ts';
import type { Desktop } from '../../../e2e/desktop/fixture.ts';
import { writeTree } from '../../../e2e/desktop/tree.ts';
import { symmetric } from '../../../e2e/kms-stand-in/keys.ts';
import type { StandIn } from '../../../e2e/kms-stand-in/start.ts';

const PLACE = { account: '111122223333', region: 'eu-central-1' };

/** Name and size in bytes. */
const documents = {
  'Tender 2027.pdf': 4_211_000,
  'Payroll Q3.xlsx': 48_200,
  'Contract – Müller & Söhne.docx': 182_000,
  'Site survey.zip': 231_400_000,
  '平面图 3.dwg': 9_800_000,
} as const;

/** What only looks like an envelope. */
const broken = { 'Minutes.envelope': '{"format":"envelope/1"}', 'Offer.envelope': 'Dear Sirs' };

export const names = Object.keys(documents) as (keyof typeof documents)[];

export async function prepare(desktop: Desktop, kms: StandIn): Promise<void> {
  for (const [name, size] of Object.entries(documents)) {
    writeTree(desktop.folder, { [name]: 'x' });
    truncateSync(desktop.path(name), size);
  }
  const plans = Object.fromEntries(
    Array.from({ length: 24 }, (_, index) => [`Floor ${index + 1}.svg`, '<svg/>'.repeat(2000)]),
  );
  writeTree(desktop.path('Site plans'), plans);
  writeTree(desktop.folder, { ...broken, 'Sealed/': '' });
  writeTree(desktop.path('aws'), {
    config: `[profile office]\nregion = ${PLACE.region}\n`,
    credentials: '[office]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = example\n',
  });
  for (const [alias, wanted] of [
    ['alias/contracts', symmetric],
    ['alias/payroll', { ...symmetric, multiRegion: true }],
    ['alias/archive-2019', symmetric],
  ] as const) {
    kms.keys.addAlias(PLACE, alias, kms.keys.create(PLACE, wanted).id);
  }
  await envelope(desktop, 'keys', 'new', 'Office');
  await envelope(desktop, 'keys', 'default', 'Office');
  const connection = ['--profile', 'office', '--region', PLACE.region, '--endpoint', kms.endpoint];
  await envelope(desktop, 'keys', 'aws', 'connect', 'company', ...connection);
}
