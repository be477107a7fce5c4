/** @file Motion shows progress and nothing else, and none of it for who asks the system for none. */
import { truncateSync, writeFileSync } from 'node:fs';
import { connect, test } from './connect.ts';
import type { Desktop } from './fixture.ts';
import { expect, goTo, press } from './person.ts';

/** What moves in the page now, or is about to. */
const moving = async ({ page }: Desktop): Promise<string[]> =>
  await page.evaluate(() =>
    document.getAnimations().map((animation) => {
      const { target } = animation.effect as KeyframeEffect;
      return `${target?.tagName ?? '?'}.${target?.getAttribute('class') ?? ''}`;
    }),
  );

test('what waits turns, and stands still where motion is to be reduced', async ({ desktop, kms }) => {
  await connect(desktop, kms);
  await goTo(desktop, 'Keys');
  await expect(desktop.page.getByText('alias/team')).toBeVisible();
  const release = kms.faults.hold('ListAliases');
  await press(desktop, 'Ask again');
  await expect(desktop.page.getByText('Asking work for its keys…')).toBeVisible();
  await expect.poll(async () => await moving(desktop)).not.toEqual([]);
  await desktop.page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(async () => await moving(desktop)).toEqual([]);
  release();
});

test('with reduced motion dialogs, menus, switches and progress do not move either', async ({ desktop }) => {
  const { page } = desktop;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() => {
    window.moved = [];
    for (const kind of ['animationstart', 'transitionstart'] as const) {
      document.addEventListener(kind, ({ target }) => {
        window.moved?.push(`${kind} ${(target as Element).getAttribute('class') ?? ''}`);
      });
    }
  });
  await goTo(desktop, 'Settings');
  await page.getByRole('switch', { name: 'Hide file names' }).click({ force: true });
  await press(desktop, 'Add a connection…');
  await page.keyboard.press('Escape');
  await goTo(desktop, 'Files');
  await page.getByRole('button', { name: /^Sealed with/ }).click();
  await page.keyboard.press('Escape');
  writeFileSync(desktop.path('film.mov'), '');
  truncateSync(desktop.path('film.mov'), 8 * 2 ** 30);
  await desktop.drop([desktop.path('film.mov')]);
  await press(desktop, 'Seal 1 file');
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => window.moved)).toEqual([]);
  await press(desktop, 'Cancel: film.mov');
});

declare global {
  interface Window {
    moved?: string[];
  }
}
