/** @file The health of envelopes: an office's archive with a key that will be deleted. */
import { rmSync, truncateSync } from 'node:fs';
import { envelope } from '../../../e2e/desktop/command-line.ts';
import type { Stage } from './scenes.ts';

export async function health(stage: Stage): Promise<void> {
  const { desktop, camera, page, kms } = stage;
  await page.getByRole('navigation').getByRole('button').nth(1).click();
  await page.getByRole('tab').nth(2).click();
  await camera.take('health-empty');
  const files = ['Payroll Q3.xlsx', 'Tender 2027.pdf'];
  const seal = async (to: string, ...keys: string[]): Promise<void> => {
    await envelope(desktop, 'seal', ...files, '--to', to, ...keys.flatMap((key) => ['--key', key]));
  };
  await seal('Archive/2027', 'alias/contracts', 'Office');
  await seal('Archive/2019', 'alias/archive-2019');
  await seal('Archive/Site', 'Office');
  await seal('Archive/Payroll', 'alias/payroll');
  rmSync(desktop.path('Archive/Site/Tender 2027.pdf.enc'));
  truncateSync(desktop.path('Archive/Payroll/Tender 2027.pdf.enc'), 2_000_000);
  const at = { account: '111122223333', region: 'eu-central-1' };
  const old = kms.keys.find(at, 'alias/archive-2019');
  old.state = 'PendingDeletion';
  old.deletion = new Date('2026-12-03T16:20:00Z');
  const release = kms.faults.hold('DescribeKey');
  await desktop.drop([desktop.path('Archive')]);
  await page.getByRole('progressbar').waitFor();
  await camera.take('health-running');
  release();
  await page.getByText('alias/archive-2019').first().waitFor();
  await camera.take('health');
  await page.locator('main [aria-expanded="false"][aria-controls]').last().click();
  await page.locator('main [aria-posinset="1"]').waitFor();
  await page.locator('main [aria-posinset="1"]').scrollIntoViewIfNeeded();
  await camera.take('health-files');
  await page.getByRole('button', { name: /^Sealed file missing/ }).click();
  await page.getByRole('button', { name: /^Look for the sealed file of/ }).click();
  await page.getByRole('dialog').getByText('Nothing that fits').waitFor();
  await camera.take('health-half');
  await page.keyboard.press('Escape');
  old.state = 'Enabled';
  old.deletion = undefined;
  await page.getByRole('tab').first().click();
}
