/** @file Ten thousand rows: few of them are drawn, both ends are reached, progress goes on, and it can be cancelled. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { expect, press, test } from './person.ts';
import { listed, scrollFor, takeLongTasks, watchLongTasks } from './probes.ts';

const COUNT = 10_000;
/** Lines that fit into the window, and those that are kept ready above and below. */
const FEW = 60;

test('10,000 rows: few are drawn, both ends are reached, progress goes on, cancel cancels', async ({
  window,
}) => {
  test.setTimeout(600_000);
  const { page } = window;
  const many = window.path('many');
  mkdirSync(many);
  for (let index = 0; index < COUNT; index += 1) writeFileSync(`${many}/${index}.txt`, `${index}`);
  const sealed = (): number => readdirSync(many).filter((name) => name.endsWith('.envelope')).length;
  const list = page.getByRole('region', { name: 'Work and history' });
  const line = (position: number) => page.locator(`[aria-posinset="${position}"]`);

  await window.drop([many]);
  await page.getByRole('button', { name: 'Seal 10,000 files' }).click({ timeout: 60_000 });
  await expect(page.locator('[data-state="done"]').first()).toBeVisible({ timeout: 60_000 });

  // While it goes on: another count each time, few lines, and the page answers.
  await watchLongTasks(page);
  const before = sealed();
  expect((await scrollFor(page, 3_000)).lines).toBeLessThan(FEW);
  await expect.poll(sealed).toBeGreaterThan(before);
  // Ten times the limit that the bench looks at: this machine may be busy, but the page must never stand still.
  expect(Math.max(0, ...(await takeLongTasks(page)))).toBeLessThan(500);

  await listed(page, COUNT, 400_000);
  await list.focus();
  await page.keyboard.press('End');
  await expect(line(COUNT + 1)).toBeVisible();
  await expect(line(1)).toBeHidden();
  expect(await page.getByRole('listitem').count()).toBeLessThan(FEW);
  await page.keyboard.press('Home');
  await expect(line(1)).toBeVisible();

  const cancel = page.getByRole('button', { name: 'Cancel all' });
  const mostly = sealed();
  // A machine that seals faster than it lists has nothing left to cancel.
  await cancel.click({ timeout: 2_000 }).catch(() => {});
  await expect(cancel).toBeHidden();
  const finished = sealed();
  expect(finished).toBeGreaterThanOrEqual(mostly);
  expect(readdirSync(many).filter((name) => name.endsWith('.partial'))).toEqual([]);
  expect(readdirSync(many).filter((name) => name.endsWith('.enc'))).toHaveLength(finished);
  await press(window, 'Clear history');
  await page.getByRole('dialog').getByRole('button', { name: 'Clear history' }).click();
  await expect(page.getByText('Drop files or folders here to seal them')).toBeVisible();
});
