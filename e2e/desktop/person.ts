/** @file What a person sees and presses, for specs whose key the command line can use as well. */
import { makeSharedKey } from './command-line.ts';
import { expect, test as base, type Desktop } from './fixture.ts';

/** `window`: the app, where sealing is done with the key “shared”. */
export const test = base.extend<{ window: Desktop }>({
  window: async ({ stopped }, use) => {
    await makeSharedKey(stopped);
    await stopped.launch();
    await use(stopped);
  },
});

export { expect };

/** The line of a batch. One file alone has none. */
export const batch = (desktop: Desktop, title: string) =>
  desktop.page.getByRole('group', { name: title, exact: true });

/** What a finished row says of where its result is: the folder, and its tip the whole path. */
export const rowIn = (desktop: Desktop, place: string) => desktop.page.getByTitle(place, { exact: true });

export async function press(desktop: Desktop, name: string | RegExp): Promise<void> {
  await desktop.page.getByRole('button', { name, exact: true }).click();
}

export async function goTo(desktop: Desktop, place: 'Files' | 'Keys' | 'Settings'): Promise<void> {
  await desktop.page.getByRole('navigation').getByRole('button', { name: place }).click();
}

/** The line of each finished row: what was done, its size and its place. */
export const done = (desktop: Desktop, deed: 'Sealed' | 'Opened' | 'Verified') =>
  desktop.page.getByText(new RegExp(`^${deed} · `));

/** Opens one of the choices beside the drop zone. */
export async function openChoice(desktop: Desktop, name: string): Promise<void> {
  const choices = desktop.page.getByRole('group', { name: 'How files are sealed' });
  await choices.getByRole('button', { name: new RegExp(`^${name}`) }).click();
}

/** The key “shared” is protected by a passphrase from now on. Leads to Keys. */
export async function protectByPassphrase(desktop: Desktop, passphrase: string): Promise<void> {
  const { page } = desktop;
  await goTo(desktop, 'Keys');
  await press(desktop, 'More for shared');
  await page.getByRole('menuitem', { name: 'Change protection…' }).click();
  const form = page.getByRole('dialog', { name: 'Protect “shared”' });
  await form.getByRole('radio', { name: 'Passphrase' }).check();
  await form.getByRole('button', { name: 'Save' }).click();
  const question = page.getByRole('dialog', { name: 'A passphrase for “shared”' });
  await question.getByLabel('New passphrase').fill(passphrase);
  await question.getByLabel('The same again').fill(passphrase);
  await question.getByRole('button', { name: 'Protect' }).click();
  await expect(page.getByText('Protected by a passphrase')).toBeVisible();
}
