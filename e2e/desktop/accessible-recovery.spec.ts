/**
 * @file axe finds nothing to complain about around the recovery key, nor on its sheet: each screen once in each look. The
 * two languages are as long and as short as any, so each look has one.
 */
import type { Appearance, Language } from '../../shared/settings.ts';
import { look, violations } from './axe.ts';
import { expect, test } from './person.ts';
import { sheetPage } from './sheet.ts';

const looks: readonly (readonly [Appearance, Language])[] = [
  ['light', 'en'],
  ['dark', 'zh-CN'],
  ['contrast', 'en'],
];

for (const [appearance, language] of looks) {
  test(`the recovery key in ${language}, ${appearance}`, async ({ window }) => {
    test.slow();
    const { page } = window;
    await look(window, appearance, language);
    const found: Record<string, string[]> = {};
    const panel = page.getByRole('region', {
      name: language === 'en' ? 'Recovery key' : '恢复密钥',
      exact: true,
    });
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
    found['the sheet'] = await violations({ page: sheet });
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
