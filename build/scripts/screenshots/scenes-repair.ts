/** @file Lost halves: found around, restored from the copies, and where the copies lie. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { envelope } from '../../../e2e/desktop/command-line.ts';
import type { Stage } from './scenes.ts';

export async function repair({ desktop, camera, page }: Stage): Promise<void> {
  const navigation = page.getByRole('navigation').getByRole('button');
  await navigation.nth(0).click();
  await envelope(desktop, 'seal', 'Payroll Q3.xlsx', 'Tender 2027.pdf', '--to', 'Archive/2026');
  const at = (name: string): string => desktop.path('Archive', '2026', name);
  rmSync(at('Payroll Q3.xlsx.envelope'));
  mkdirSync(desktop.path('Archive', 'old'));
  renameSync(at('Tender 2027.pdf.enc'), desktop.path('Archive', 'old', 'tender (final).enc'));
  await desktop.drop([at('Payroll Q3.xlsx.enc')]);
  await page.getByRole('button', { name: 'Restore the envelope' }).waitFor();
  await camera.take('repair-restore');
  await page.keyboard.press('Escape');
  await desktop.drop([at('Tender 2027.pdf.envelope')]);
  await page.getByRole('button', { name: 'Use this file' }).waitFor();
  await camera.take('repair-found');
  await page.keyboard.press('Escape');
  writeFileSync(desktop.path('Letter.txt'), 'Dear Sirs');
  await desktop.drop([at('Payroll Q3.xlsx.enc'), desktop.path('Letter.txt')]);
  await page.getByRole('button', { name: /^Restore the envelope/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Restore the envelope' }).waitFor();
  await camera.take('repair-row');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('button', { name: 'Clear history', exact: true }).click();
  await page.getByRole('checkbox').waitFor();
  await camera.take('repair-clear');
  await page.keyboard.press('Escape');
  await navigation.nth(2).click();
  await page.getByRole('heading', { name: 'Copies of envelopes' }).scrollIntoViewIfNeeded();
  await camera.take('repair-settings');
}
