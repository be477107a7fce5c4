/** @file Who can open, changed: an archive whose old KMS key gives way to a new one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { envelope } from '../../../e2e/desktop/command-line.ts';
import { writeTree } from '../../../e2e/desktop/tree.ts';
import type { Stage } from './scenes.ts';

const press = async ({ page }: Stage, name: string | RegExp): Promise<void> =>
  await page.getByRole('button', { name, exact: true }).first().click();

const show = async ({ page }: Stage, heading: string | RegExp): Promise<void> => {
  const found = page.getByRole('heading', { name: heading });
  await found.waitFor();
  await found.scrollIntoViewIfNeeded();
};

/** An archive of the years before: most of it under alias/archive-2019, some for the office too. */
async function prepareArchive({ desktop }: Stage): Promise<void> {
  const contracts = Object.fromEntries(
    Array.from({ length: 58 }, (_, n) => [`Contract ${n + 1}.pdf`, 'x'.repeat(9_000)]),
  );
  writeTree(desktop.path('Papers'), contracts);
  writeTree(desktop.path('Letters'), {
    'Offer 12.docx': 'x'.repeat(4_000),
    'Offer 14.docx': 'x'.repeat(5_000),
  });
  const at = ['--to', 'Contracts'];
  await envelope(desktop, 'seal', 'Papers', ...at, '--key', 'alias/archive-2019');
  await envelope(desktop, 'seal', 'Letters', ...at, '--key', 'alias/archive-2019', '--key', 'Office');
}

export async function access(stage: Stage): Promise<void> {
  const { desktop, camera, page, kms } = stage;
  await prepareArchive(stage);
  await page.getByRole('navigation').getByRole('button').nth(1).click();
  await page.getByRole('tab').nth(1).click();
  await camera.take('access');
  await desktop.drop([desktop.path('Contracts')]);
  await page.getByLabel(/^What becomes of alias\/archive-2019/).selectOption({
    label: 'Replaced by alias/contracts',
  });
  await camera.take('access-choose');
  await press(stage, 'Add a key…');
  await camera.take('access-add');
  await page.getByLabel('Search keys').focus();
  await page.keyboard.press('Escape');
  const broken = desktop.path('Contracts', 'Papers', 'Contract 7.pdf.envelope');
  const kept = readFileSync(broken, 'utf8');
  writeFileSync(broken, kept.slice(0, 300));
  await press(stage, 'Show the plan');
  await show(stage, /would be changed$/);
  await camera.take('access-plan');
  const release = kms.faults.hold('ReEncrypt');
  await press(stage, /^Change \d+ envelopes$/);
  await press(stage, 'Pause');
  release();
  await page.getByText(/^[1-9]\d* of \d+/).waitFor();
  await camera.take('access-running');
  await press(stage, 'Go on');
  await show(stage, 'What was found afterwards');
  await show(stage, /envelopes changed$/);
  await camera.take('access-outcome');
  await show(stage, 'Envelope by envelope');
  await camera.take('access-report');
  writeFileSync(broken, kept);
  await press(stage, 'Seal again with a new data key…');
  await page.getByText('Keys that open it from now on').waitFor();
  await camera.take('access-reseal');
  await press(stage, 'Choose others…');
  await page.getByRole('heading', { name: 'Begun and not finished' }).waitFor();
  await camera.take('access-left');
  await press(stage, /^Forget it/);
  await page.getByRole('tab').first().click();
}
