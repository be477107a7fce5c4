/** @file Batches as tests run them: what they told, and how they ended. */
import type { ErrorRecord } from '../../shared/errors.ts';
import type { TestEngine } from '../envelope/engine.fixture.ts';
import type { BatchEvent, BatchResult, OpenAll, SealAll } from './job.ts';
import { openAll, verifyAll } from './open-all.ts';
import { sealAll } from './seal-all.ts';

export type Ran = { result: BatchResult; events: BatchEvent<unknown>[]; errors: ErrorRecord[] };

async function ran(
  work: (onEvent: (event: BatchEvent<unknown>) => void) => Promise<BatchResult>,
): Promise<Ran> {
  const events: BatchEvent<unknown>[] = [];
  const result = await work((event) => {
    events.push(event);
  });
  const errors = events.flatMap((event) =>
    event.type === 'ended' && event.outcome.state === 'failed' ? [event.outcome.error] : [],
  );
  return { result, events, errors };
}

export async function runSeal(
  engine: TestEngine,
  paths: readonly string[],
  more: Partial<SealAll> = {},
): Promise<Ran> {
  const request: SealAll = {
    paths,
    archive: false,
    keys: [engine.local],
    labels: {},
    hideNames: false,
    collision: 'keep-both',
    verify: false,
    binOriginals: false,
    again: false,
    ...more,
  };
  return await ran(async (onEvent) => await sealAll(engine, request, { onEvent }));
}

export async function runOpen(
  engine: TestEngine,
  paths: readonly string[],
  more: Partial<OpenAll> = {},
): Promise<Ran> {
  const request: OpenAll = { paths, collision: 'keep-both', ...more };
  return await ran(async (onEvent) => await openAll(engine, request, { onEvent }));
}

export async function runVerify(engine: TestEngine, paths: readonly string[]): Promise<Ran> {
  return await ran(async (onEvent) => await verifyAll(engine, { paths }, { onEvent }));
}
