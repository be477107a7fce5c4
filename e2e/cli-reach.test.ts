/** @file A multi-Region key on the command line while its home region does not answer. */
import { expect, it } from 'vitest';
import { useCliKms } from './cli-kms.ts';
import { HOME, newKey } from './kms-stand-in/fixture.ts';

const w = useCliKms();

it('opens through a replica in a region that the connection names, and in no other', async () => {
  const key = newKey(w.kms, { multiRegion: true });
  w.kms.keys.replicate(key, 'eu-west-1');
  await w.papers(1, key.arn);
  w.kms.faults.add({ kind: 'reset', region: HOME });
  const opening = ['open', 'sealed', '--to'];
  expect(await w.run([...opening, 'not'])).toMatchObject({
    code: 3,
    err: expect.stringContaining('could not be reached'),
  });
  expect(new Set(w.kms.calls.map(({ region }) => region))).toEqual(new Set([HOME]));
  const connect = ['keys', 'aws', 'connect', 'work', '--endpoint', w.kms.endpoint, '--region', HOME];
  const refused = await w.run([...connect, '--replica-region', 'nowhere']);
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('such as eu-central-1') });
  await w.json([...connect, '--replica-region', 'eu-west-1']);
  w.kms.calls.length = 0;
  expect((await w.run([...opening, 'back'])).code).toBe(0);
  expect(w.opened('back')).toEqual({ '0.txt': 'paper 0' });
  expect(w.kms.calls.at(-1)?.region).toBe('eu-west-1');
});
