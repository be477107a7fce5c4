/** @file axe (WCAG 2.2 AA) on what the window shows now, and the look it shows it in. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Appearance, Language } from '../../shared/settings.ts';
import { expect, type Desktop } from './fixture.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The violations, each as one line a person can act on. */
export async function violations({ page }: Pick<Desktop, 'page'>): Promise<string[]> {
  // What comes and goes softly has its colours at the end.
  await page.evaluate(async () => {
    await Promise.allSettled(document.getAnimations().map(async ({ finished }) => await finished));
  });
  const found = await new AxeBuilder({ page }).setLegacyMode(true).withTags(WCAG).analyze();
  // An axe that looked at nothing would find nothing, too.
  expect(found.passes.length).toBeGreaterThan(5);
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}

export async function look(desktop: Desktop, appearance: Appearance, language: Language): Promise<void> {
  const changed = await desktop.page.evaluate(
    async (change) => await window.envelope?.changeSettings(change),
    { appearance, language },
  );
  expect(changed).toMatchObject({ ok: true });
  const scheme = appearance === 'dark' ? 'dark' : 'light';
  await expect(desktop.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
  await expect(desktop.page.locator('html')).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-Hans-CN');
}
