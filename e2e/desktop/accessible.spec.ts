/** @file axe (WCAG 2.2 AA) finds nothing to complain about, on every screen, light and dark, in both languages. */
import { rmSync } from 'node:fs';
import { look, violations } from './axe.ts';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { makeForeign } from './foreign.ts';
import { expect, test } from './person.ts';
import { writeTree } from './tree.ts';
import { STRANGER } from '../strangers.ts';

/** Goes to the place at `index` of the navigation, whatever its name is. */
const goToNumber = async ({ page }: Desktop, index: 0 | 1 | 2): Promise<void> =>
  await page.getByRole('navigation').getByRole('button').nth(index).click();

/** What is asked about strangers, and what a folder's policy says. */
async function trustScreens(window: Desktop): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const { page } = window;
  await goToNumber(window, 0);
  writeTree(window.folder, {
    'p/.envelope-policy.json': JSON.stringify({ version: 1, keys: [STRANGER, 'local'], hideNames: true }),
    'p/x.txt': 'x',
    'p/q/.envelope-policy.json': '{}',
    'p/q/y.txt': 'y',
  });
  await window.drop([window.path('p')]);
  await expect(page.getByRole('dialog')).toBeVisible();
  found['the plan with policies'] = await violations(window);
  await page.getByRole('dialog').getByRole('button').last().click();
  // The plan names the key too: it is gone when there is the question alone.
  await expect(page.getByRole('dialog').getByRole('button')).toHaveCount(4);
  await expect(page.getByRole('dialog').getByText(STRANGER)).toBeVisible();
  found['keys of a policy'] = await violations(window);
  await page.getByRole('dialog').getByRole('button').nth(2).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const stranger = makeForeign(window.path('sealed', 'a.txt.envelope'));
  await window.drop([stranger]);
  await page
    .getByRole('main')
    .getByRole('button', { name: /^(?:Open|打开)$/ })
    .click();
  await expect(page.getByRole('dialog')).toBeVisible();
  found['a stranger’s account'] = await violations(window);
  await page.keyboard.press('Escape');
  await goToNumber(window, 2);
  await expect(page.getByText(STRANGER)).toBeVisible();
  found['Settings with what was agreed to'] = await violations(window);
  return found;
}

/** Who can open: the keys of now, one that comes, the plan with what cannot be done, the result. */
async function accessScreens(window: Desktop): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  const { page } = window;
  const main = page.getByRole('main');
  const pressIn = async (names: RegExp): Promise<void> =>
    await main.getByRole('button', { name: names }).click();
  await window.drop([window.path('changing')]);
  await expect(main.getByRole('combobox')).toBeVisible();
  await pressIn(/^(?:Add a key…|添加密钥…)$/);
  await page.getByLabel(/^(?:Another key|其他密钥)$/).fill(STRANGER);
  found['Who can open, a key that comes'] = await violations(window);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(main.getByText(STRANGER, { exact: true })).toBeVisible();
  found['Who can open, the keys'] = await violations(window);
  writeTree(window.folder, { 'changing/broken.envelope': '{}' });
  await pressIn(/^(?:Show the plan|查看计划)$/);
  await expect(main.getByText('broken.envelope')).toBeVisible();
  found['Who can open, the plan'] = await violations(window);
  await pressIn(/^(?:Change 1 envelope|更改 1 个信封)$/);
  await expect(main.locator('[aria-posinset="1"]')).toContainText('broken.envelope');
  found['Who can open, the result'] = await violations(window);
  return found;
}

for (const language of ['en', 'zh-CN'] as const) {
  for (const appearance of ['light', 'dark', 'contrast'] as const) {
    test(`every screen in ${language}, ${appearance}`, async ({ window }) => {
      test.slow();
      writeTree(window.folder, { 'a.txt': 'a', 'broken.envelope': '{}', 'b/c.txt': 'c' });
      await envelope(window, 'seal', 'a.txt', '--to', 'sealed');
      await envelope(window, 'seal', 'a.txt', '--to', 'lost');
      rmSync(window.path('lost', 'a.txt.enc'));
      await envelope(window, 'seal', 'a.txt', '--to', 'bare');
      rmSync(window.path('bare', 'a.txt.envelope'));
      await envelope(window, 'seal', 'a.txt', '--to', 'changing');
      await look(window, appearance, language);
      const found: Record<string, string[]> = {};

      found['Files, empty'] = await violations(window);
      await window.drop([window.path('a.txt')]);
      await expect(window.page.locator('[data-state="done"]')).toBeVisible();
      await window.drop([window.path('broken.envelope'), window.path('lost', 'a.txt.envelope')]);
      await expect(window.page.locator('[data-state="failed"]')).toHaveCount(2);
      found['Files, rows and errors'] = await violations(window);
      await window.drop([window.path('b')]);
      await expect(window.page.getByRole('dialog')).toBeVisible();
      found['the plan'] = await violations(window);
      await window.page.keyboard.press('Escape');
      await window.drop([window.path('sealed', 'a.txt.envelope')]);
      await expect(window.page.getByRole('heading', { name: 'a.txt', level: 1 })).toBeVisible();
      found['the card'] = await violations(window);
      await window.drop([window.path('lost', 'a.txt.envelope')]);
      found['the card without its body'] = await violations(window);
      await window.drop([window.path('bare', 'a.txt.enc')]);
      await expect(window.page.locator('dl')).toBeVisible();
      found['a body without its envelope'] = await violations(window);
      await goToNumber(window, 1);
      await expect(window.page.getByText('shared', { exact: true })).toBeVisible();
      found['Keys'] = await violations(window);
      await window.page.getByRole('main').getByRole('button').first().click();
      await expect(window.page.getByRole('dialog')).toBeVisible();
      found['a form'] = await violations(window);
      await window.page.keyboard.press('Escape');
      await window.page.getByRole('tab').nth(1).click();
      found['Who can open'] = await violations(window);
      Object.assign(found, await accessScreens(window));
      await window.page.getByRole('tab').nth(2).click();
      found['Health, empty'] = await violations(window);
      await window.drop([window.path('lost'), window.path('sealed')]);
      const folds = window.page.getByRole('main').locator('[aria-expanded="false"][aria-controls]');
      await folds.last().click();
      await expect(window.page.locator('main [aria-posinset="1"]')).toContainText('a.txt');
      found['Health, a result'] = await violations(window);
      await goToNumber(window, 2);
      found['Settings'] = await violations(window);
      Object.assign(found, await trustScreens(window));

      expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0))).toEqual({});
    });
  }
}
