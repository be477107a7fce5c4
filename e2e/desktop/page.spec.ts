/** @file The page itself: what it remembers, how it looks, the keyboard, and many rows. */
import { readdirSync } from 'node:fs';
import { batch, expect, goTo, press, rowIn, test } from './person.ts';
import { writeTree } from './tree.ts';

test('the history is there after a restart, until it is cleared', async ({ window }) => {
  writeTree(window.folder, { 'a.txt': 'a' });
  await window.drop([window.path('a.txt')]);
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  await window.quit();
  await window.launch();
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  await press(window, 'Show in folder: a.txt');
  await expect(async () =>
    expect(await window.recordedCalls('shell.showItemInFolder')).toHaveLength(1),
  ).toPass();
  await press(window, 'Clear history');
  await window.page.getByRole('dialog').getByRole('button', { name: 'Clear history' }).click();
  await expect(window.page.getByText('Drop files or folders here to seal them')).toBeVisible();
  expect(readdirSync(window.folder)).toEqual(
    expect.arrayContaining(['a.txt', 'a.txt.enc', 'a.txt.envelope']),
  );
});

test('the appearance changes at once and is kept', async ({ window }) => {
  await goTo(window, 'Settings');
  const background = async (): Promise<string> =>
    await window.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await window.page.getByText('Light', { exact: true }).click();
  await expect(window.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  const light = await background();
  await window.page.getByText('Dark', { exact: true }).click();
  await expect(window.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect(await background()).not.toBe(light);
  await window.quit();
  await window.launch();
  await expect(window.page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});

test('the language changes at once, the title and `lang` with it, and is kept', async ({ window }) => {
  await goTo(window, 'Settings');
  await window.page.getByRole('combobox', { name: 'Language' }).selectOption('zh-CN');
  await expect(window.page.getByRole('heading', { name: '设置', level: 1 })).toBeVisible();
  await expect(window.page.locator('html')).toHaveAttribute('lang', 'zh-Hans-CN');
  await window.quit();
  await window.launch();
  await expect(window.page.getByRole('button', { name: '选择文件…' })).toBeVisible();
  await window.page.getByRole('navigation').getByRole('button').nth(2).click();
  await window.page.getByRole('combobox', { name: '语言' }).selectOption('en');
  await expect(window.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('a program that was made without a place to look for newer versions says so, and has no button', async ({
  window,
}) => {
  await goTo(window, 'Settings');
  await expect(window.page.getByText('This Envelope was made without a place to look')).toBeVisible();
  await expect(window.page.getByRole('button', { name: 'Check now' })).toHaveCount(0);
});

test('a file is sealed, and the pair shown, by the keyboard alone', async ({ window }) => {
  writeTree(window.folder, { 'a.txt': 'a' });
  const { keyboard } = window.page;
  const reach = async (name: string | RegExp): Promise<void> => {
    const wanted = window.page.getByRole('button', { name }).first();
    for (let presses = 0; presses < 40; presses += 1) {
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`${name} is not reached by Tab`);
  };
  await window.answerDialog('dialog.showOpenDialog', {
    canceled: false,
    filePaths: [window.path('a.txt')],
  });
  await reach('Choose files…');
  await keyboard.press('Enter');
  await expect(rowIn(window, window.path('a.txt.envelope'))).toBeVisible();
  await reach('Show in folder: a.txt');
  await keyboard.press('Space');
  await expect(async () =>
    expect(await window.recordedCalls('shell.showItemInFolder')).toHaveLength(1),
  ).toPass();
  await reach('Details: a.txt');
  await keyboard.press('Enter');
  await expect(window.page.getByRole('dialog')).toBeVisible();
  await keyboard.press('Escape');
  await expect(window.page.getByRole('dialog')).toBeHidden();
});

test('1,000 files are sealed; the list draws those in sight', async ({ window }) => {
  test.slow();
  const tree = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${index}.txt`, `${index}`]));
  writeTree(window.path('many'), tree);
  await window.drop([window.path('many')]);
  await press(window, 'Seal 1,000 files');
  await expect(batch(window, '1,000 files sealed')).toBeVisible({ timeout: 120_000 });
  expect(readdirSync(window.path('many')).filter((name) => name.endsWith('.envelope'))).toHaveLength(1000);
  expect(await window.page.getByRole('listitem').count()).toBeLessThan(60);
  await window.page.getByRole('region', { name: 'Work and history' }).focus();
  await window.page.keyboard.press('End');
  await expect(window.page.locator('[aria-posinset="1001"]')).toBeVisible();
});

test('text that is dropped is refused with what to do instead', async ({ window }) => {
  const session = await window.page.context().newCDPSession(window.page);
  const data = { items: [{ mimeType: 'text/plain', data: 'hello' }], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  }
  await expect(window.page.getByText('Text was dropped, not a file.')).toBeVisible();
});

test('a form that cannot be saved puts the keyboard where it is wrong', async ({ window }) => {
  await goTo(window, 'Settings');
  await press(window, 'Add a connection…');
  const form = window.page.getByRole('dialog', { name: 'Add a connection' });
  await form.getByRole('button', { name: 'More' }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByLabel('Name', { exact: true })).toBeFocused();
  await expect(form.getByText('Give the connection a name.')).toBeInViewport();
});

test('the ring of the focus is for the keyboard: a click leaves none', async ({ window }) => {
  await goTo(window, 'Settings');
  const add = window.page.getByRole('button', { name: 'Add a connection…' });
  const form = window.page.getByRole('dialog', { name: 'Add a connection' });
  const ring = async (): Promise<string> =>
    await add.evaluate((element) => getComputedStyle(element).outlineStyle);
  await add.click();
  await form.getByLabel('Name', { exact: true }).fill('work');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(add).toBeFocused();
  expect(await ring()).toBe('none');
  await add.click();
  await form.getByLabel('Name', { exact: true }).press('Escape');
  await expect(add).toBeFocused();
  expect(await ring()).toBe('solid');
});

test('a key that nobody has named is called by the word of the language', async ({ desktop }) => {
  writeTree(desktop.folder, { 'a.txt': 'a' });
  await desktop.drop([desktop.path('a.txt')]);
  await expect(rowIn(desktop, desktop.path('a.txt.envelope'))).toBeVisible();
  await goTo(desktop, 'Settings');
  await desktop.page.getByRole('combobox', { name: 'Language' }).selectOption('zh-CN');
  await desktop.page.getByRole('navigation').getByRole('button', { name: '密钥' }).click();
  await expect(desktop.page.getByText('这台电脑', { exact: true })).toBeVisible();
  await desktop.page.getByRole('navigation').getByRole('button', { name: '文件' }).click();
  await press(desktop, '详情：a.txt');
  await expect(desktop.page.getByRole('dialog')).toContainText('这台电脑');
  await desktop.page.keyboard.press('Escape');
  await desktop.drop([desktop.path('a.txt.envelope')]);
  await expect(desktop.page.getByText('您可以用“这台电脑”打开。')).toBeVisible();
  await expect(desktop.page.getByText('This computer')).toHaveCount(0);
});
