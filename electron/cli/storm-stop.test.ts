import { describe, expect, it } from 'vitest';
import { EnvelopeError } from '../../shared/errors.ts';
import { runBatch } from '../jobs/batch.ts';
import type { BatchResult, Item } from '../jobs/job.ts';
import type { Work } from '../jobs/works.ts';
import { StormStop } from './storm-stop.ts';

const COUNT = 10_000;
const storm = new EnvelopeError('kms-unavailable', 'refuses everything', {
  storm: true,
  region: 'eu-central-1',
});
const busy = new EnvelopeError('kms-unavailable', 'busy');
const opening = new EnvelopeError('no-key-opens', 'none', {
  attempts: [{ provider: 'aws-kms', key: 'k', error: storm.toRecord() }],
});

/** Files of which the first hundred wait in vain, and the others are told `error`. @returns how many were begun */
async function run(stop: StormStop, error: EnvelopeError): Promise<{ begun: number; result: BatchResult }> {
  let begun = 0;
  async function* works(): AsyncGenerator<Work<{ size: number }>, void> {
    for (let n = 0; n < COUNT; n += 1) {
      yield await Promise.resolve({
        path: `${n}`,
        size: 1,
        to: undefined,
        run: async () => {
          begun += 1;
          return await Promise.reject(n < 100 ? busy : error);
        },
      });
    }
  }
  const never = (_error: EnvelopeError, _item: Item, _tries: number) => Promise.resolve(false);
  const result = await runBatch(works(), { signal: stop.signal, again: stop.watching(never) });
  return { begun, result };
}

describe('StormStop', () => {
  it.each([
    ['sealing', storm],
    ['opening', opening],
  ])('ends a batch while %s, and says why', async (_, error) => {
    const stop = new StormStop(new AbortController().signal);
    const { begun, result } = await run(stop, error);
    expect(result.cancelled).toBe(true);
    expect(begun).toBeLessThan(200);
    expect(stop.error).toMatchObject({ code: 'kms-unavailable', details: { region: 'eu-central-1' } });
  });

  it('lets everything else go on', async () => {
    const stop = new StormStop(new AbortController().signal);
    expect(await run(stop, busy)).toMatchObject({ begun: COUNT, result: { cancelled: false } });
    expect(stop.error).toBeUndefined();
  });

  it('is not why a batch ended that was cancelled', async () => {
    const cancel = new AbortController();
    const stop = new StormStop(cancel.signal);
    await run(stop, storm);
    cancel.abort();
    expect(stop.error).toBeUndefined();
  });
});
