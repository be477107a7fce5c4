/**
 * @file axe finds nothing to complain about around the recovery key, nor on its sheet: each screen once in each look. The
 * two languages are as long and as short as any, so each look has one.
 */
import { chromium } from '@playwright/test';
import type { Appearance, Language } from '../../shared/settings.ts';
import { findChromium } from '../stand-in/chromium.ts';
import { look, violations } from './axe.ts';
import { expect, test } from './person.ts';
import { sheetPage } from './sheet.ts';

const looks: readonly (readonly [Appearance, Exclude<Language, 'system'>])[] = [
  ['light', 'en'],
  ['dark', 'zh-CN'],
  ['contrast', 'en'],
];

const panelName: Record<Exclude<Language, 'system'>, string> = { en: 'Recovery key', 'zh-CN': '恢复密钥' };

for (const [appearance, language] of looks) {
  test(`the recovery key in ${language}, ${appearance}`, async ({ window }) => {
    test.slow();
    const { page } = window;
    await look(window, appearance, language);
    const found: Record<string, string[]> = {};
    const panel = page.getByRole('region', { name: panelName[language], exact: true });
    const button = (index: number) => panel.getByRole('button').nth(index);
    const form = page.getByRole('dialog');
    await page.getByRole('navigation').getByRole('button').nth(1).click();
    await expect(panel).toBeVisible();
    found['without one, at risk'] = await violations(window);
    // The first button says that one knows; the second makes one.
    await button(1).click();
    await expect(form).toBeVisible();
    found['making one'] = await violations(window);
    await form.locator('button[type="submit"]').click();
    const sheet = await sheetPage(window);
    await form.locator('button[type="submit"]').click();
    found['its sheet asked for'] = await violations(window);
    const items = await sheet.locator('.groups li').allInnerTexts();
    await form.getByRole('textbox').fill(items.at(-1)?.trim().slice(2) ?? '');
    await form.locator('button[type="submit"]').click();
    await expect(form).toBeHidden();
    found['in use'] = await violations(window);
    await button(0).click();
    await form.getByRole('textbox').fill('age1');
    await form.locator('button[type="submit"]').click();
    found['trying it'] = await violations(window);
    await page.keyboard.press('Escape');
    await button(3).click();
    await expect(form).toBeVisible();
    found['forgetting it'] = await violations(window);
    await form.locator('button[type="submit"]').click();
    await expect(form).toBeHidden();
    found['of before'] = await violations(window);
    expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0))).toEqual({});
  });
}

for (const language of ['en', 'zh-CN'] as const) {
  test(`the sheet in ${language}`, async ({ window }) => {
    const program = findChromium();
    test.skip(
      program === undefined,
      'axe runs scripts, which the window of the sheet forbids: it takes a Chromium',
    );
    await look(window, 'light', language);
    await window.page.getByRole('navigation').getByRole('button').nth(1).click();
    const panel = window.page.getByRole('region', { name: panelName[language], exact: true });
    await panel.getByRole('button').nth(1).click();
    await window.page.getByRole('dialog').locator('button[type="submit"]').click();
    // Chromium refuses to sandbox what root starts.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const html = await (await sheetPage(window)).content();
    const browser = await chromium.launch({ executablePath: program ?? '', args: sandbox });
    try {
      const page = await browser.newPage();
      await page.setContent(html);
      expect(await violations({ page })).toEqual([]);
    } finally {
      await browser.close();
    }
  });
}
