/** @file The recovery key where something happens half way: the program is killed, the KMS key disabled, the session over. */
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { envelope } from './command-line.ts';
import type { Desktop } from './fixture.ts';
import { namesBelow, papers, sessionOver, test } from './office.ts';
import { batch, done, expect, goTo, press } from './person.ts';
import { enterKey, makeRecoveryKey, textsBelow } from './sheet.ts';
import { readTree, writeTree } from './tree.ts';

const COUNT = 6;
const HALF_WAY = 3;

/** Envelopes of alias/team and a recovery key, which is on paper alone. @returns the key */
async function prepare(desktop: Desktop): Promise<string> {
  await desktop.launch();
  await goTo(desktop, 'Keys');
  const identity = await makeRecoveryKey(desktop);
  writeTree(desktop.path('papers'), papers(COUNT));
  await envelope(desktop, 'seal', 'papers', '--to', 'sealed', '--key', 'alias/team');
  return identity;
}

async function openAll(desktop: Desktop): Promise<void> {
  await goTo(desktop, 'Files');
  await desktop.drop(
    namesBelow(desktop.path('sealed'), '.envelope').map((name) => desktop.path('sealed', name)),
  );
}

/** From the first row that failed. */
async function openWithSheet(desktop: Desktop, identity: string): Promise<void> {
  await desktop.page
    .getByRole('button', { name: /^Open with a recovery key…: / })
    .first()
    .click();
  await enterKey(desktop, 'Open with a recovery key', identity, 'Use this key');
}

/** Of all, those before half way are open, and the sheet opens the others. */
async function restBySheet(desktop: Desktop, identity: string): Promise<void> {
  const failed = COUNT - HALF_WAY + 1;
  await expect(batch(desktop, `${HALF_WAY - 1} files opened, ${failed} could not be opened`)).toBeVisible();
  await openWithSheet(desktop, identity);
  await expect(done(desktop, 'Opened')).toHaveCount(COUNT);
}

/** Waits until some file has come out. */
async function someFile(desktop: Desktop): Promise<void> {
  while (namesBelow(desktop.path('sealed'), '.txt').length === 0) await sleep(2);
}

const opened = (desktop: Desktop): Record<string, string> =>
  Object.fromEntries(
    Object.entries(readTree(desktop.path('sealed')))
      .filter(([name]) => name.endsWith('.txt'))
      .map(([name, text]) => [name.slice(name.lastIndexOf('/') + 1), text]),
  );

test('a KMS key that is disabled half way: the sheet opens the rest', async ({ office, kms, key }) => {
  const identity = await prepare(office);
  kms.faults.at('Decrypt', HALF_WAY, () => {
    key.state = 'Disabled';
  });
  await openAll(office);
  await restBySheet(office, identity);
  expect(opened(office)).toEqual(papers(COUNT));
});

test('a session that ends half way and is not renewed: the sheet opens the rest, and nobody is asked again', async ({
  office,
  kms,
}) => {
  const identity = await prepare(office);
  kms.faults.at('Decrypt', HALF_WAY, () => {
    kms.faults.add({ kind: 'expired' });
  });
  await openAll(office);
  await sessionOver(office).getByRole('button', { name: 'Stop this work' }).click();
  await restBySheet(office, identity);
  await expect(sessionOver(office)).toHaveCount(0);
  expect(opened(office)).toEqual(papers(COUNT));
});

test('killed half way, only whole files are there, the key is nowhere, and the sheet opens all of them', async ({
  office,
  kms,
}) => {
  const identity = await prepare(office);
  kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  await openAll(office);
  await expect(batch(office, `${COUNT} files could not be opened`)).toBeVisible();
  await openWithSheet(office, identity);
  await someFile(office);
  await office.kill();
  await office.launch();
  expect(namesBelow(office.path('sealed'), '.partial')).toEqual([]);
  expect(papers(COUNT)).toMatchObject(opened(office));
  expect(textsBelow(office.home)).not.toContain(identity.slice(-40));
  for (const name of namesBelow(office.path('sealed'), '.txt')) rmSync(office.path('sealed', name));
  await openAll(office);
  await openWithSheet(office, identity);
  await expect.poll(() => opened(office)).toEqual(papers(COUNT));
});

test('a drill that is killed half way writes nothing, and can be done again', async ({ office }) => {
  const identity = await prepare(office);
  const before = readTree(office.path('sealed'));
  await goTo(office, 'Keys');
  await press(office, 'Try the sheet…');
  const name = namesBelow(office.path('sealed'), '.envelope')[0] ?? '';
  const drill = async (): Promise<void> => {
    const filePaths = [office.path('sealed', name)];
    await office.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths });
    await press(office, 'Choose an envelope…');
    await enterKey(office, 'Try the sheet', identity, 'Try it');
  };
  await drill();
  await office.kill();
  expect(readTree(office.path('sealed'))).toEqual(before);
  await office.launch();
  await goTo(office, 'Keys');
  await press(office, 'Try the sheet…');
  await drill();
  await expect(office.page.getByText(/^The sheet opens it: all of /)).toBeVisible();
  expect(readTree(office.path('sealed'))).toEqual(before);
});
