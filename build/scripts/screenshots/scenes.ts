/** @file The states of the window that are worth a look, each reached as a person reaches it. */
import { readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { envelope } from '../../../e2e/desktop/command-line.ts';
import type { Desktop } from '../../../e2e/desktop/fixture.ts';
import type { StandIn } from '../../../e2e/kms-stand-in/start.ts';
import type { Camera } from './camera.ts';
import { names } from './sample.ts';

export type Stage = { desktop: Desktop; kms: StandIn; camera: Camera; page: Page };

const place = async ({ page }: Stage, index: 0 | 1 | 2): Promise<void> =>
  await page.getByRole('navigation').getByRole('button').nth(index).click();

const press = async ({ page }: Stage, name: string | RegExp): Promise<void> =>
  await page.getByRole('button', { name, exact: true }).first().click();

/** Closes the dialog, menu or card that is open. */
const escape = async ({ page }: Stage): Promise<void> => await page.keyboard.press('Escape');

const finished = async ({ page }: Stage): Promise<void> =>
  await page.locator('[data-state="running"], [data-state="waiting"]').first().waitFor({ state: 'detached' });

async function sealWith(stage: Stage, key: string): Promise<void> {
  await press(stage, /^Sealed with/);
  await stage.page.getByRole('checkbox', { name: key }).check();
}

export async function files(stage: Stage): Promise<void> {
  const { desktop, camera, page, kms } = stage;
  await camera.take('files-empty');
  await sealWith(stage, 'alias/contracts');
  await camera.take('files-keys');
  await escape(stage);
  await press(stage, /^Labels/);
  await press(stage, 'Add a label');
  await camera.take('files-labels');
  await escape(stage);
  await desktop.drop(names.map((name) => desktop.path(name)));
  await page.getByRole('group', { name: '5 files sealed' }).waitFor();
  await camera.take('files-rows');
  const forbid = kms.faults.add({ kind: 'denied', action: 'GenerateDataKey' });
  await desktop.drop([desktop.path('Tender 2027.pdf')]);
  await page.getByRole('dialog').waitFor();
  await camera.take('files-plan-taken');
  await press(stage, 'Seal 1 file');
  await page.getByRole('button', { name: /^Show the policy/ }).waitFor();
  await desktop.drop([desktop.path('Minutes.envelope'), desktop.path('Offer.envelope')]);
  await page.getByText('This is not a valid envelope').first().waitFor();
  await camera.take('files-errors');
  await press(stage, /^Show the policy/);
  await page.getByText('The smallest policy').waitFor();
  await camera.take('files-policy');
  await escape(stage);
  forbid();
  await press(stage, /^Details: Payroll/);
  await camera.take('files-details');
  await escape(stage);
  await desktop.drop([desktop.path('Site plans')]);
  await page.getByRole('dialog').waitFor();
  await camera.take('files-plan-folder');
  await press(stage, 'Seal 24 files');
  await page.getByRole('group', { name: '24 files sealed' }).waitFor();
  await opened(stage);
  await running(stage);
}

/** A name that is long, one that was hidden, and a batch of which only a part opens. */
async function opened(stage: Stage): Promise<void> {
  const { desktop, camera, page } = stage;
  const long = `Minutes of the meeting of ${'the board and its committees, '.repeat(4)}signed (2).docx`;
  writeFileSync(desktop.path(long), 'x'.repeat(90_000));
  await envelope(desktop, 'seal', 'Payroll Q3.xlsx', '--to', 'Hidden', '--hide-names');
  await envelope(desktop, 'seal', 'Tender 2027.pdf', '--to', 'Opened');
  const hidden = readdirSync(desktop.path('Hidden')).filter((name) => name.endsWith('.envelope'));
  await desktop.drop([long].map((name) => desktop.path(name)));
  await page.getByTitle(long).first().waitFor();
  await desktop.drop([
    desktop.path('Minutes.envelope'),
    desktop.path('Opened', 'Tender 2027.pdf.envelope'),
    ...hidden.map((name) => desktop.path('Hidden', name)),
  ]);
  await page.getByRole('group', { name: '2 files opened, 1 could not be opened' }).waitFor();
  await camera.take('files-opened');
}

/** A very long file, mostly a hole: there is time to look at it. */
async function running(stage: Stage): Promise<void> {
  const { desktop, camera, page } = stage;
  writeFileSync(desktop.path('Film.mov'), 'x');
  truncateSync(desktop.path('Film.mov'), 40 * 2 ** 30);
  await desktop.drop([desktop.path('Film.mov')]);
  await press(stage, 'Seal 1 file');
  await page.getByRole('progressbar').first().waitFor();
  await camera.take('files-running');
  await press(stage, 'Cancel: Film.mov');
  await finished(stage);
  rmSync(desktop.path('Film.mov'));
  await camera.take('files-cancelled');
}

export async function card(stage: Stage): Promise<void> {
  const { desktop, camera, page } = stage;
  await place(stage, 0);
  await desktop.drop([desktop.path('Contract – Müller & Söhne.docx.envelope')]);
  await page.getByText('You can open it with').waitFor();
  await camera.take('card');
  await page.getByRole('img').last().scrollIntoViewIfNeeded();
  await camera.take('card-picture');
  await escape(stage);
  await envelope(desktop, 'seal', 'Payroll Q3.xlsx', '--to', 'Sealed', '--hide-names');
  await envelope(desktop, 'seal', 'Tender 2027.pdf', '--to', 'Sealed');
  rmSync(desktop.path('Sealed', 'Tender 2027.pdf.enc'));
  await desktop.drop([desktop.path('Sealed', 'Tender 2027.pdf.envelope')]);
  await page.getByRole('button', { name: 'Find the missing file…' }).waitFor();
  await camera.take('card-missing');
  await escape(stage);
}

export async function settings(stage: Stage): Promise<void> {
  const { camera, page, kms } = stage;
  await place(stage, 2);
  await press(stage, 'Test company');
  await page.getByText('Everything works').waitFor();
  await camera.take('settings');
  await page.getByRole('heading', { name: 'Appearance and language' }).scrollIntoViewIfNeeded();
  await camera.take('settings-middle');
  await page.getByRole('heading', { name: 'What is not protected' }).scrollIntoViewIfNeeded();
  await camera.take('settings-end');
  const forbid = kms.faults.add({ kind: 'denied', action: 'Decrypt' });
  await press(stage, 'Test again: company');
  await page.getByText('The test failed.').waitFor();
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  await camera.take('settings-test-failed');
  forbid();
  await press(stage, 'Add a connection…');
  await camera.take('settings-connection');
  await page.getByLabel('Credentials from').selectOption({ label: 'An access key' });
  await press(stage, 'More');
  await press(stage, 'Save');
  await camera.take('settings-connection-problems');
  await escape(stage);
}

export async function keys(stage: Stage): Promise<void> {
  const { camera, page } = stage;
  await place(stage, 1);
  await page.getByText('alias/payroll').first().waitFor();
  await camera.take('keys');
  await press(stage, 'Ask the KMS whether you may use alias/contracts');
  await page.getByText('AWS KMS says that you may seal and open with it.').waitFor();
  await page.getByText('alias/contracts').first().scrollIntoViewIfNeeded();
  await camera.take('keys-asked');
  await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  for (const [button, name] of [
    ['New key…', 'keys-new'],
    ['Create a KMS key…', 'keys-kms'],
    ['Restore from a backup…', 'keys-restore'],
  ] as const) {
    await press(stage, button);
    await camera.take(name);
    await escape(stage);
  }
  await press(stage, 'More for Office');
  await camera.take('keys-menu');
  await page.getByRole('menuitem', { name: 'Back up…' }).click();
  await page.getByRole('dialog').getByLabel('Passphrase').fill('seven pale herons');
  await camera.take('keys-backup');
  await escape(stage);
}

export async function prompts(stage: Stage): Promise<void> {
  const { desktop, camera, page, kms } = stage;
  await place(stage, 0);
  kms.faults.add({ kind: 'expired', action: 'GenerateDataKey' });
  writeFileSync(desktop.path('Invoice 1041.pdf'), 'x'.repeat(90_000));
  await desktop.drop([desktop.path('Invoice 1041.pdf')]);
  await page.getByRole('dialog', { name: /^The session of/ }).waitFor();
  await camera.take('prompt-session');
  kms.faults.clear();
  await press(stage, 'I have signed in: go on');
  await finished(stage);
  await press(stage, 'Clear history');
  await camera.take('files-clear');
  await escape(stage);
}
