import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { accountApproval, trustedSentence } from './approve-account.ts';
import { Prompt } from './prompt.ts';
import { Screen } from './screen.ts';

const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const elsewhere = arn.replace('eu-central-1', 'us-east-1');

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

const named = (region: string | undefined, partition = 'aws') => [
  { partition, account: '111122223333', region },
];

describe('accountApproval', () => {
  it('says no where nobody is there, and to everything but what was named', async () => {
    const nobody = session();
    expect(await accountApproval(nobody)(arn, 'account')).toBe(false);
    expect(await accountApproval(nobody, named('eu-central-1', 'aws-cn'))(arn, 'account')).toBe(false);
    expect(await accountApproval(nobody, named('us-east-1'))(arn, 'region')).toBe(false);
    expect(await accountApproval(nobody, named('eu-central-1'))(arn, 'account')).toBe(true);
    expect(await accountApproval(nobody, named('*'))(arn, 'account')).toBe(true);
  });

  it('takes an account that was named without a region for the regions of the connections', async () => {
    const own = () => Promise.resolve(['eu-central-1']);
    const approve = accountApproval(session(), named(undefined), own);
    expect(await approve(arn, 'account')).toBe(true);
    expect(await approve(elsewhere, 'region')).toBe(false);
  });

  it.each([
    ['', false],
    ['what?', false],
    ['n', false],
    ['y', 'once'],
    ['YES', 'once'],
    ['a', true],
    ['always', true],
  ] as const)('on a terminal takes “%s” for %s', async (typed, answer) => {
    const asked = session(typed);
    expect(await accountApproval(asked)(arn, 'account')).toBe(answer);
    expect(asked.said.join('')).toContain(arn);
  });

  it.each([
    ['account', 'is not one of yours'],
    ['region', 'but not in eu-central-1'],
    ['partition', 'but not in the partition aws'],
  ] as const)('says what is new: the %s', async (unfamiliar, reason) => {
    const asked = session('n');
    await accountApproval(asked)(arn, unfamiliar);
    expect(asked.said.join('')).toContain(reason);
  });

  it('asks about an account in a region once, whatever the answer', async () => {
    const asked = session('n');
    const approve = accountApproval(asked);
    const answers = [await approve(arn, 'account'), await approve(arn.replace('key/1', 'key/2'), 'account')];
    expect(answers).toEqual([false, false]);
    expect(asked.said).toHaveLength(2);
  });
});

describe('trustedSentence', () => {
  it('says where', () => {
    expect(trustedSentence('aws:111122223333')).toBe('account 111122223333 (aws), in the regions you use');
    expect(trustedSentence('aws-cn:111122223333:*')).toBe('account 111122223333 (aws-cn), in every region');
    expect(trustedSentence('aws:111122223333:eu-west-1')).toBe('account 111122223333 in eu-west-1 (aws)');
  });
});
