/** @file The health of envelopes under KMS keys: what is asked, and how often. */
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { replaceKeys } from '../electron/envelope/codec.ts';
import { readEnvelopeFile } from '../electron/envelope/read.ts';
import { verify } from '../electron/envelope/verify.ts';
import type { HealthParts } from '../electron/health/scan.ts';
import { useKmsHealth } from './health-fixture.ts';
import { HOME } from './kms-stand-in/fixture.ts';

const h = useKmsHealth();

describe('a key that opens', () => {
  it('is asked once how it is and once whether it opens, whatever the number of envelopes', async () => {
    await h.pairs(40);
    const { summary, keys } = await h.look();
    expect(h.called).toEqual(['DescribeKey', 'Decrypt (dry run)', 'ListAliases']);
    expect(summary).toMatchObject({ envelopes: 40, opens: 40, alone: 40, problems: {} });
    expect(summary.calls).toEqual({ DescribeKey: 1, Decrypt: 1, ListAliases: 1 });
    expect(keys[h.key.arn]).toMatchObject({
      state: 'Enabled',
      opens: 40,
      region: HOME,
      account: '111122223333',
    });
  });

  it('is asked about its first wrapped key, in the context of that envelope', async () => {
    await h.pair('a', { labels: { project: 'apollo' } });
    await h.look();
    const { id } = (await readEnvelopeFile(h.at('a.envelope'))).envelope.header;
    expect(h.kms.calls[1]).toMatchObject({
      key: h.key.arn,
      dryRun: true,
      context: { project: 'apollo', 'envelope-id': id },
    });
  });

  it('is asked once for each set of labels, in whatever order they stand', async () => {
    await h.pair('a', { labels: { project: 'apollo', team: 'x' } });
    await h.pair('b', { labels: { team: 'x', project: 'apollo' } });
    await h.pair('c', { labels: { project: 'zeus' } });
    await h.pair('d');
    await h.look();
    expect(h.called.filter((call) => call === 'DescribeKey')).toHaveLength(1);
    expect(h.called.filter((call) => call === 'Decrypt (dry run)')).toHaveLength(3);
  });

  it('is not asked for every file where every file has labels of its own', async () => {
    for (let n = 0; n < 110; n += 1) await h.pair(`${n}`, { labels: { invoice: `${n}` } });
    const { summary, keys } = await h.look();
    expect(h.called.filter((call) => call === 'Decrypt (dry run)')).toHaveLength(100);
    expect(summary.opens).toBe(110);
    expect(keys[h.key.arn]).toMatchObject({ opens: 110, assumed: 10 });
  });

  it('gets the name that the KMS has for it, unless it has one here', async () => {
    h.kms.keys.addAlias({ account: '111122223333', region: HOME }, `alias/for-${h.key.id}`, h.key.id);
    await h.pair('a');
    expect((await h.look()).keys[h.key.arn]?.name).toBe(`alias/for-${h.key.id}`);
    expect((await h.look({ nameOf: () => 'mine' })).keys[h.key.arn]?.name).toBe('mine');
    expect(h.called).toEqual(['DescribeKey', 'Decrypt (dry run)']);
  });
});

describe('a key that does not open', () => {
  it.each([
    ['Disabled', 'disabled', 'kms-key-disabled'],
    ['PendingDeletion', 'deleting', 'kms-key-state'],
  ] as const)('in the state %s is not asked whether it does', async (state, answer, code) => {
    await h.pairs(3);
    h.key.state = state;
    if (state === 'PendingDeletion') h.key.deletion = new Date('2026-12-03T16:20:00Z');
    const { summary, keys } = await h.look();
    expect(h.called).toEqual(['DescribeKey', 'ListAliases']);
    expect(summary).toMatchObject({ opens: 0, problems: { closed: 3 } });
    expect(keys[h.key.arn]).toMatchObject({ alone: 3, answers: { [answer]: 3 }, error: { code }, state });
    if (answer === 'deleting') expect(keys[h.key.arn]?.until).toBe('2026-12-03T16:20:00.000Z');
  });

  it('because it is not there, or not for us', async () => {
    await h.pairs(2);
    h.kms.faults.add({ kind: 'denied', action: 'Decrypt' });
    expect((await h.look()).keys[h.key.arn]).toMatchObject({ answers: { denied: 2 }, state: 'Enabled' });
    h.kms.faults.add({ kind: 'refuse', name: 'NotFoundException', action: 'DescribeKey' });
    const { keys } = await h.look();
    expect(keys[h.key.arn]).toMatchObject({ answers: { gone: 2 }, alone: 0 });
    expect(h.called).toEqual(['DescribeKey']);
  });

  it('may still do so where it may not be described', async () => {
    await h.pairs(2);
    h.kms.faults.add({ kind: 'denied', action: 'DescribeKey' });
    expect((await h.look()).summary.opens).toBe(2);
    expect(h.called).toEqual(['DescribeKey', 'Decrypt (dry run)']);
  });

  it('for one envelope whose wrapped key is damaged may for the others', async () => {
    await h.pairs(2);
    const { bytes, envelope } = await readEnvelopeFile(h.at('0.envelope'));
    const [entry] = envelope.keys;
    if (entry?.state !== 'known') throw new Error('it was sealed a moment ago');
    const wrapped = entry.wrapped.map((byte, index) => (index > 60 ? byte ^ 1 : byte));
    const { provider, key } = entry;
    const raw = JSON.stringify({ provider, key, wrapped: Buffer.from(wrapped).toString('base64url') });
    await writeFile(h.at('0.envelope'), replaceKeys(bytes, [{ ...entry, wrapped, raw }]));
    const one = await h.look({}, {}, { paths: [h.at('0.envelope')] });
    expect(one.states).toEqual({ '0.envelope': 'closed' });
    expect(one.keys[key]).toMatchObject({
      answers: { damaged: 1 },
      alone: 0,
      error: { code: 'kms-ciphertext-invalid' },
    });
    // Asked about the wrapped key, and then about permission alone.
    expect(h.called).toEqual(['DescribeKey', 'Decrypt (dry run)', 'Decrypt (dry run)', 'ListAliases']);
    expect((await h.look()).keys[key]?.answers.opens).toBeGreaterThanOrEqual(1);
  });
});

describe('every byte', () => {
  it('takes one real call for each envelope, and none for what does not seem to open', async () => {
    await h.pairs(3);
    const deep: HealthParts['verify'] = async (file, run) => {
      const { size, requestIds } = await verify(h.engine, file, run);
      return { size, calls: requestIds.length };
    };
    const { summary } = await h.look({ verify: deep });
    expect(summary).toMatchObject({ verified: 3, calls: { DescribeKey: 1, Decrypt: 4 } });
    expect(h.called.filter((call) => call === 'Decrypt')).toHaveLength(3);
    h.key.state = 'Disabled';
    expect((await h.look({ verify: deep })).summary).toMatchObject({
      verified: 0,
      calls: { DescribeKey: 1 },
    });
    expect(h.called).toEqual(['DescribeKey', 'ListAliases']);
  });
});
