/** @file axe (WCAG 2.2 AA) on what the window shows now, and the look it shows it in. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Appearance, Language } from '../../shared/settings.ts';
import { expect, type Desktop } from './fixture.ts';

declare global {
  interface Window {
    axe?: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
  }
}

const OPTIONS: RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  // Of what passes it is enough that something did.
  resultTypes: ['violations'],
};

/** The axe that Playwright's own builder brings. That builder reads all of it into the page anew for every look. */
const builder = createRequire(import.meta.url).resolve('@axe-core/playwright');
const source = readFileSync(createRequire(builder).resolve('axe-core/axe.min.js'), 'utf8');

async function inject(page: Page): Promise<void> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(source);
}

/** The violations, each as one line a person can act on. */
export async function violations({ page }: Pick<Desktop, 'page'>): Promise<string[]> {
  await inject(page);
  const found = await page.evaluate(async (options) => {
    // What comes and goes softly has its colours at the end. What turns while somebody waits has none.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(async ({ finished }) => await finished));
    return await window.axe?.run(document, options);
  }, OPTIONS);
  // An axe that looked at nothing would find nothing, too.
  expect(found?.passes.length).toBeGreaterThan(5);
  return (found?.violations ?? []).flatMap(({ id, nodes }) =>
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

const looks: readonly (readonly [Appearance, Exclude<Language, 'system'>])[] = [
  ['dark', 'zh-CN'],
  ['contrast', 'en'],
  ['light', 'en'],
];

/** That axe finds nothing in what stands open now, in each look. The page is light and English again after it. */
export async function expectFine(desktop: Desktop, what: string): Promise<void> {
  const found: Record<string, string[]> = {};
  for (const [appearance, language] of looks) {
    await look(desktop, appearance, language);
    const lines = await violations(desktop);
    if (lines.length > 0) found[`${what}, ${language}, ${appearance}`] = lines;
  }
  expect(found).toEqual({});
}
