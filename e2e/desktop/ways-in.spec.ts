/** @file Ways in beside a plain drop: buttons, and what is said and offered where a drop cannot be taken. */
import type { Client } from '../../shared/contract.ts';
import type { Desktop } from './fixture.ts';
import { batch, expect, goTo, openChoice, press, rowIn, test } from './person.ts';
import { readTree, writeTree } from './tree.ts';

declare global {
  interface Window {
    readonly envelope?: Client;
  }
}

/** What a mail program or a page lets fall: files with a name and, for all we know, bytes, but no place on this disk. */
async function dropPlaceless({ page }: Desktop, ...names: string[]): Promise<void> {
  await page.evaluate((names) => {
    const dataTransfer = new DataTransfer();
    for (const name of names) dataTransfer.items.add(new File(['x'], name));
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.firstElementChild?.firstElementChild?.dispatchEvent(
        new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }),
      );
    }
  }, names);
}

/** The note that is shown, and its button. */
const note = ({ page }: Desktop, text: string) => page.getByRole('alert').filter({ hasText: text });

async function chooseInstead(desktop: Desktop, said: string): Promise<void> {
  writeTree(desktop.folder, { 'saved.eml': 'saved first' });
  await desktop.answerDialog('dialog.showOpenDialog', {
    canceled: false,
    filePaths: [desktop.path('saved.eml')],
  });
  await note(desktop, said).getByRole('button', { name: 'Choose files…' }).click();
  await expect(rowIn(desktop, desktop.path('saved.eml.envelope'))).toBeVisible();
  await expect(note(desktop, said)).toBeHidden();
}

test('a folder that is chosen by button shows its plan, and is sealed', async ({ window }) => {
  writeTree(window.path('papers'), { 'a.txt': 'a', 'deep/b.txt': 'b' });
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [window.path('papers')] });
  await press(window, 'Choose a folder…');
  await press(window, 'Seal 2 files');
  await expect(batch(window, '2 files sealed')).toBeVisible();
  expect(Object.keys(readTree(window.path('papers')))).toEqual(
    expect.arrayContaining(['a.txt.envelope', 'a.txt.enc', 'deep/b.txt.envelope', 'deep/b.txt.enc']),
  );
  const [asked] = await window.recordedCalls('dialog.showOpenDialog');
  expect(asked?.args[0]).toMatchObject({ properties: expect.arrayContaining(['openDirectory']) });
});

test('what has no place on disk is refused by its name, and can be chosen instead', async ({ window }) => {
  await dropPlaceless(window, 'Offer from Müller.eml');
  const said = '“Offer from Müller.eml” has no place on this computer';
  await expect(note(window, said)).toContainText('Save it first');
  await expect(window.page.locator('[data-state]')).toHaveCount(0);
  await chooseInstead(window, said);
});

test('several without a place are one note, wherever they are dropped', async ({ window }) => {
  await goTo(window, 'Settings');
  await dropPlaceless(window, 'a.png', 'b.png', 'c.png');
  await expect(note(window, '3 items could not be taken in.')).toContainText('“a.png” has no place');
  await expect(window.page.getByRole('alert')).toHaveCount(1);
  await chooseInstead(window, '3 items could not be taken in.');
  await expect(window.page.getByRole('main', { name: 'Files' })).toBeVisible();
});

test('a place that is not there for this program is refused, and can be chosen instead', async ({
  window,
}) => {
  // As a sandbox names files by paths of its own, which do not exist here.
  await window.open([window.path('portal', 'a.txt')]);
  await expect(note(window, '“a.txt” was not taken in.')).toBeVisible();
  await chooseInstead(window, '“a.txt” was not taken in.');
});

test('a window of an administrator says that Explorer cannot drop on it, and the buttons work', async ({
  window,
}) => {
  // Windows gives such a window no drop at all: nothing would happen, and nothing be said. Only Windows can have one.
  await window.app.evaluate(({ BrowserWindow }) => {
    const ipc = BrowserWindow.getAllWindows()[0]?.webContents.ipc;
    ipc?.removeHandler('appInfo');
    const value = { version: '1.0.0', platform: 'win32', locale: 'en', sandboxOff: false, elevated: true };
    const keyStore = { kind: 'real', name: 'Windows Data Protection' };
    ipc?.handle('appInfo', () => ({ ok: true, value: { ...value, keyStore } }));
  });
  await window.page.reload();
  const said = window.page.getByText('Envelope runs as administrator');
  await expect(said).toContainText('Use the buttons, or start it as usual.');
  writeTree(window.folder, { 'a.txt': 'a' });
  await window.answerDialog('dialog.showOpenDialog', { canceled: false, filePaths: [window.path('a.txt')] });
  await press(window, 'Choose files…');
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  await expect(said).toBeVisible();
});

test('who looks for a cloud key where files are sealed is shown the way to one', async ({ window }) => {
  const { page } = window;
  await openChoice(window, 'Sealed with');
  await press(window, 'Manage keys…');
  await expect(page.getByRole('main', { name: 'Keys' })).toBeVisible();
  await goTo(window, 'Files');
  await openChoice(window, 'Sealed with');
  await press(window, 'Connect to AWS…');
  await expect(page.getByRole('button', { name: 'Add a connection…' })).toBeVisible();
});
