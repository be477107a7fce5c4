/** @file Changing who can open in the window: looked at, planned, done, proved, reported; interrupted and gone on with. */
import { readFileSync } from 'node:fs';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { expect, goTo, press, test } from './person.ts';
import { readTree, writeTree } from './tree.ts';
import { STRANGER } from '../strangers.ts';

async function toAccess(desktop: Desktop): Promise<void> {
  await goTo(desktop, 'Keys');
  await desktop.page.getByRole('tab', { name: 'Who can open' }).click();
}

const heading = ({ page }: Desktop, name: string) => page.getByRole('heading', { name, exact: true });

/** What ends in `.enc`, with its bytes. */
const bodies = (desktop: Desktop): Record<string, string> =>
  Object.fromEntries(
    Object.entries(readTree(desktop.path('sealed'))).filter(([name]) => name.endsWith('.enc')),
  );

async function sealDocs(window: Desktop, count: number): Promise<void> {
  const tree = Object.fromEntries(Array.from({ length: count }, (_, n) => [`docs/${n}.txt`, `text ${n}`]));
  writeTree(window.folder, tree);
  await envelope(window, 'keys', 'new', 'second');
  await envelope(window, 'seal', 'docs', '--to', 'sealed');
}

test('a folder is dropped, one key replaced by another, and the removed key opens nothing any more', async ({
  window,
}) => {
  const { page } = window;
  await sealDocs(window, 3);
  const [before, originals] = [bodies(window), readTree(window.path('docs'))];
  await toAccess(window);
  await window.drop([window.path('sealed')]);
  await expect(heading(window, '3 envelopes in sealed')).toBeVisible();
  await expect(page.getByText('in 3 envelopes')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show the plan' })).toBeDisabled();
  await page.getByLabel('What becomes of shared').selectOption({ label: 'Replaced by second' });
  await press(window, 'Show the plan');
  await expect(heading(window, '3 envelopes would be changed')).toBeVisible();
  await expect(page.getByText('Replaced: shared by second')).toBeVisible();
  const envelopes = readTree(window.path('sealed'));
  await press(window, 'Back');
  await press(window, 'Show the plan');
  expect(readTree(window.path('sealed'))).toEqual(envelopes);
  await press(window, 'Change 3 envelopes');
  await expect(heading(window, '3 envelopes changed')).toBeVisible();
  await expect(page.getByText('None of them names a removed key any more.')).toBeVisible();
  await expect(page.getByText('3 entries tried with a removed key of this computer')).toBeVisible();
  await expect(page.getByText('Whoever kept an old copy of it')).toBeVisible();
  const list = page.getByRole('region', { name: 'Envelopes: Changed' });
  await expect(list.getByRole('listitem')).toHaveCount(3);
  await expect(list.getByText('Added: second · Removed: shared').first()).toBeVisible();
  expect(bodies(window)).toEqual(before);
  expect(readTree(window.path('docs'))).toEqual(originals);
  expect(await envelope(window, 'inspect', 'sealed/docs/0.txt.envelope')).toContain('second');
});

test('what cannot be done is told by its reason, and mended in the plan', async ({ window }) => {
  const { page } = window;
  await sealDocs(window, 2);
  await envelope(window, 'rewrap', 'sealed', '--add', STRANGER, '--yes');
  writeTree(window.path('sealed'), { 'broken.envelope': '{}' });
  await toAccess(window);
  await window.drop([window.path('sealed')]);
  await page.getByLabel('What becomes of shared').selectOption('Is removed');
  await press(window, 'Show the plan');
  await expect(heading(window, 'There is nothing to do')).toBeVisible();
  await expect(page.getByText('None of the keys that would be left opens this here')).toBeVisible();
  await expect(page.getByText('broken.envelope')).toBeVisible();
  await press(window, 'Remove it there too');
  await expect(heading(window, '2 envelopes would be changed')).toBeVisible();
  await expect(
    page.getByText('Afterwards no key of this computer opens 2 envelopes of these.'),
  ).toBeVisible();
});

test('a typed recipient is added, and the report saved as JSON and as text', async ({ window }) => {
  const { page } = window;
  await sealDocs(window, 1);
  await toAccess(window);
  await window.drop([window.path('sealed', 'docs', '0.txt.envelope')]);
  await press(window, 'Add a key…');
  const typed = page.getByLabel('Another key');
  await typed.fill('AGE-SECRET-KEY-1X');
  await expect(page.getByText('That is the secret half of a key.')).toBeVisible();
  await typed.fill(STRANGER);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.keyboard.press('Escape');
  await press(window, 'Show the plan');
  await press(window, 'Change 1 envelope');
  await expect(heading(window, '1 envelope changed')).toBeVisible();
  for (const [item, name] of [
    ['For programs (JSON)…', 'report.json'],
    ['As readable text…', 'report.txt'],
  ] as const) {
    await press(window, 'Save the report…');
    await window.answerDialog('dialog.showSaveDialog', { canceled: false, filePath: window.path(name) });
    await page.getByRole('menuitem', { name: item }).click();
    await expect(page.getByText(`The report was written to “${name}”.`)).toBeVisible();
  }
  expect(JSON.parse(readFileSync(window.path('report.json'), 'utf8'))).toMatchObject({
    report: 'envelope/access-report/1',
    counts: { changed: 1, failed: 0 },
  });
  const text = readFileSync(window.path('report.txt'), 'utf8');
  expect(text).toContain('Who can open: report of a change');
  expect(text).toContain(`Added: ${STRANGER}`);
});

test('sealed again with a new data key, a kept envelope opens nothing', async ({ window }) => {
  const { page } = window;
  await sealDocs(window, 2);
  const before = bodies(window);
  await toAccess(window);
  await window.drop([window.path('sealed')]);
  await page.getByLabel('What becomes of shared').selectOption({ label: 'Replaced by second' });
  await press(window, 'Show the plan');
  await press(window, 'Change 2 envelopes');
  const kept = readFileSync(window.path('sealed', 'docs', '0.txt.envelope'), 'utf8');
  await press(window, 'Seal again with a new data key…');
  await expect(page.getByText('Keys that open it from now on')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Do not add second' })).toBeVisible();
  await press(window, 'Show the plan');
  await expect(heading(window, '2 envelopes would be sealed again')).toBeVisible();
  await press(window, 'Seal 2 envelopes again');
  await expect(heading(window, '2 envelopes sealed again')).toBeVisible();
  const after = bodies(window);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const [name, bytes] of Object.entries(after)) expect(bytes).not.toBe(before[name]);
  await envelope(window, 'open', 'sealed/docs/0.txt.envelope', '--to', 'back');
  expect(readTree(window.path('back'))).toEqual({ '0.txt': 'text 0' });
  writeTree(window.path('sealed', 'docs'), { '0.txt.envelope': kept });
  await expect(envelope(window, 'verify', 'sealed/docs/0.txt.envelope')).rejects.toThrow();
});

test('from the card of an envelope, and from the result of Health', async ({ window }) => {
  const { page } = window;
  await sealDocs(window, 2);
  await window.drop([window.path('sealed', 'docs', '0.txt.envelope')]);
  await press(window, 'Change who can open…');
  await expect(heading(window, '1 envelope in 0.txt.envelope')).toBeVisible();
  await page.getByRole('tab', { name: 'Health' }).click();
  await window.drop([window.path('sealed')]);
  await press(window, 'Change who can open these…: Hang on shared alone');
  await expect(page.getByText('in 2 envelopes')).toBeVisible();
});
