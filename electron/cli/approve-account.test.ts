import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { accountApproval } from './approve-account.ts';
import { Prompt } from './prompt.ts';
import { Screen } from './screen.ts';

const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1';

function session(answer?: string) {
  const said: string[] = [];
  const stream = { write: (text: string) => said.push(text) };
  const screen = new Screen({ out: stream, err: stream });
  if (answer === undefined) return { said, screen, prompt: undefined };
  const input = new PassThrough();
  input.write(`${answer}\n`);
  const prompt = new Prompt(
    { input, output: new PassThrough() },
    new AbortController().signal,
    () => {},
    () => screen.hold(),
  );
  return { said, screen, prompt };
}

describe('accountApproval', () => {
  it('says no where nobody is there, and to every account but the one that was named', async () => {
    expect(await accountApproval(session())(arn)).toBe(false);
    const named = [{ partition: 'aws-cn', account: '111122223333' }];
    expect(await accountApproval(session(), named)(arn)).toBe(false);
    expect(await accountApproval(session(), [{ partition: 'aws', account: '111122223333' }])(arn)).toBe(true);
  });

  it('asks on a terminal, and takes only a yes for one', async () => {
    expect(await accountApproval(session(''))(arn)).toBe(false);
    const asked = session('y');
    expect(await accountApproval(asked)(arn)).toBe(true);
    expect(asked.said.join('')).toContain(arn);
  });

  it('asks about an account once, whatever the answer', async () => {
    const asked = session('n');
    const approve = accountApproval(asked);
    expect([await approve(arn), await approve(arn.replace('key/1', 'key/2'))]).toEqual([false, false]);
    expect(asked.said).toHaveLength(1);
  });
});
