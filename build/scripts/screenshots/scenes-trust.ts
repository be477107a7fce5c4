/** @file What is asked about strangers, and what a folder says of how it is sealed. */
import { makeForeign } from '../../../e2e/desktop/foreign.ts';
import { envelope } from '../../../e2e/desktop/command-line.ts';
import { writeTree } from '../../../e2e/desktop/tree.ts';
import type { Stage } from './scenes.ts';

const STRANGER = 'age1lhwhxget08rydr389vfuyp28qfj8wr4w9prwp824c75ehep87acqyjj77z';

const go = async ({ page }: Stage, index: 0 | 1 | 2): Promise<void> =>
  await page.getByRole('navigation').getByRole('button').nth(index).click();

const press = async ({ page }: Stage, name: string): Promise<void> =>
  await page.getByRole('button', { name, exact: true }).first().click();

export async function trust(stage: Stage): Promise<void> {
  const { desktop, camera, page } = stage;
  await go(stage, 0);
  writeTree(desktop.path('Apollo'), {
    '.envelope-policy.json': JSON.stringify({
      version: 1,
      keys: ['Office', STRANGER],
      labels: { project: 'apollo', phase: '2' },
      hideNames: true,
      output: { folder: 'sealed' },
    }),
    'Plan.txt': 'x',
    'Costs.txt': 'x',
    'drafts/.envelope-policy.json': '{"version":1,"output":{"folder":"../elsewhere"}}',
    'drafts/Idea.txt': 'x',
  });
  writeTree(desktop.folder, { 'Readme.txt': 'x', 'Offer 7.txt': 'x' });
  await desktop.drop([desktop.path('Apollo'), desktop.path('Readme.txt')]);
  await page.getByRole('dialog', { name: 'Ready to seal' }).waitFor();
  await camera.take('plan-policies');
  await press(stage, 'Seal 3 files');
  await page.getByRole('dialog', { name: 'Keys that are not yours' }).waitFor();
  await camera.take('prompt-policy');
  await press(stage, 'Always');
  await page.getByRole('group', { name: /could not be sealed/ }).waitFor();
  await camera.take('policy-refused');
  await envelope(desktop, 'seal', 'Offer 7.txt');
  await desktop.drop([makeForeign(desktop.path('Offer 7.txt.envelope'))]);
  await page.getByText('an account that is not one of yours').first().waitFor();
  await camera.take('card-stranger');
  await press(stage, 'Open');
  await page.getByRole('dialog', { name: 'An AWS account that is not yours' }).waitFor();
  await camera.take('prompt-account');
  await press(stage, 'Do not ask it');
  await go(stage, 2);
  await page.getByRole('heading', { name: 'AWS accounts that may be asked' }).scrollIntoViewIfNeeded();
  await camera.take('settings-trust');
}
