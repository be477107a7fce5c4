/** @file The states of the recovery key: none, made, in use, tried, of before; and its sheet. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { readSheet, sheetPage } from '../../../e2e/desktop/sheet.ts';
import { envelope } from '../../../e2e/desktop/command-line.ts';
import type { Stage } from './scenes.ts';

/** Brings the section to the middle of the window. */
async function show({ page }: Stage): Promise<void> {
  await page.getByRole('navigation').getByRole('button').nth(1).click();
  await page.getByRole('region', { name: 'Recovery key', exact: true }).scrollIntoViewIfNeeded();
}

const press = async ({ page }: Stage, name: string): Promise<void> =>
  await page.getByRole('button', { name, exact: true }).first().click();

export async function recovery(stage: Stage): Promise<void> {
  const { desktop, camera, page } = stage;
  await show(stage);
  await camera.take('recovery-none');
  await press(stage, 'Make a recovery key…');
  await camera.take('recovery-make');
  await press(stage, 'Show the sheet');
  const sheet = await sheetPage(desktop);
  await sheet.screenshot({ path: path.join(camera.folder, 'recovery-sheet.png'), fullPage: true });
  const { last } = await readSheet(sheet);
  await desktop.answerDialog('webContents.print', { success: true, failureReason: '' });
  await press(stage, 'Print…');
  await camera.take('recovery-print');
  await page.getByLabel('The last group on the sheet').fill(last);
  await press(stage, 'Use this recovery key');
  await page.getByText('Every new envelope is sealed for it too').first().waitFor();
  await show(stage);
  await camera.take('recovery-used');
  await press(stage, 'Dismiss');
  await press(stage, 'Try the sheet…');
  await page.getByLabel('The key').fill('AGE-SECRET-KEY-1 QQQQQQ 4PZZ8K 2M5Y7X');
  await camera.take('recovery-drill');
  await page.keyboard.press('Escape');
  await press(stage, 'Forget it…');
  await camera.take('recovery-forget');
  await page.keyboard.press('Escape');
  await page.getByRole('navigation').getByRole('button').nth(0).click();
  await page.getByRole('button', { name: /^Sealed with/ }).click();
  await camera.take('recovery-picker');
  await page.keyboard.press('Escape');
  await foreign(stage);
}

/** An envelope whose only key of this computer is gone. */
async function foreign(stage: Stage): Promise<void> {
  const { desktop, camera, page } = stage;
  await envelope(desktop, 'keys', 'new', 'Old laptop');
  await envelope(desktop, 'seal', 'Tender 2027.pdf', '--to', 'Found', '--key', 'Old laptop');
  const keys = (await envelope(desktop, 'keys', 'list', '--json')).split('\n').filter((line) => line !== '');
  const gone = keys
    .map((line): unknown => JSON.parse(line))
    .find((key) => Reflect.get(Object(key), 'name') === 'Old laptop');
  const id = String(Reflect.get(Object(gone), 'key')).slice('local:'.length);
  rmSync(path.join(desktop.home, 'keys', `${id}.json`));
  await desktop.drop([desktop.path('Found', 'Tender 2027.pdf.envelope')]);
  await page.getByRole('button', { name: 'Open with a recovery key…' }).waitFor();
  await camera.take('recovery-card');
  await page.keyboard.press('Escape');
}
