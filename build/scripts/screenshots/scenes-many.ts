/** @file A thousand files: the plan, while they are sealed, the end of it, and the middle of the list. */
import { writeTree } from '../../../e2e/desktop/tree.ts';
import type { Stage } from './scenes.ts';

const COUNT = 1000;

export async function many({ desktop, camera, page }: Stage): Promise<void> {
  await page.getByRole('navigation').getByRole('button').nth(0).click();
  const drawings = Object.fromEntries(
    Array.from({ length: COUNT }, (_, index) => [
      `Block ${Math.floor(index / 100) + 1}/Drawing ${index + 1}.svg`,
      '<svg/>'.repeat(500),
    ]),
  );
  writeTree(desktop.path('Drawings'), drawings);
  await desktop.drop([desktop.path('Drawings')]);
  await page.getByRole('dialog').waitFor();
  await camera.take('many-plan');
  await page.getByRole('button', { name: /^Seal [\d,]+ files$/ }).click();
  const list = page.getByRole('region', { name: 'Work and history' });
  await page.getByRole('group', { name: /^Sealing 1,000 files/ }).waitFor();
  await camera.take('many-running');
  await page.getByRole('group', { name: /^1,000 files sealed/ }).waitFor({ timeout: 120_000 });
  await camera.take('many');
  await list.evaluate((element) => (element.scrollTop = 500 * 68));
  await camera.take('many-middle');
  await list.evaluate((element) => (element.scrollTop = 0));
}
