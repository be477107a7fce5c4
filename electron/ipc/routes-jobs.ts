/** @file Sealing, opening, verifying: what the page asks of the queue. */
import type { RetryChange } from '../../shared/contract.ts';
import type { StartRequest } from '../../shared/desktop.ts';
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { Services } from '../app/services.ts';
import type { Home } from '../app/home.ts';
import { policiesFor, wantedOf } from '../app/seal-policies.ts';
import { offlineFor } from '../app/offline.ts';
import type { WorkRequest } from '../jobs/deed.ts';
import { type PlanRequest, planOf } from '../jobs/plan.ts';
import type { KeyRef } from '../keys/keyring.ts';
import type { Grants } from './grants.ts';
import type { WorkRoutes } from './services.ts';

type JobRoutes = Pick<
  WorkRoutes,
  | 'plan'
  | 'start'
  | 'cancelBatch'
  | 'cancelRow'
  | 'retry'
  | 'retryBatch'
  | 'jobs'
  | 'clearHistory'
  | 'showResult'
  | 'openResult'
  | 'verifyResult'
  | 'answerPrompt'
>;

/** @throws EnvelopeError `usage` for a grant that was never given */
function withPaths(request: StartRequest, grants: Grants): PlanRequest {
  const paths = request.grants.map((grant) => grants.pathOf(grant));
  const pathOf = (grant: string | undefined): string | undefined => grant && grants.pathOf(grant);
  if (request.operation === 'seal') {
    const { archive, hideNames, to, collision, binOriginals, again } = request.choices;
    const choices = { archive, hideNames, collision, binOriginals, again, to: pathOf(to) };
    return { operation: 'seal', request: { paths, ...choices, verify: binOriginals } };
  }
  if (request.operation === 'open') {
    const { to, body, collision } = request.choices;
    return { operation: 'open', request: { paths, collision, to: pathOf(to), body: pathOf(body) } };
  }
  return { operation: 'verify', request: { paths, body: pathOf(request.choices.body) } };
}

/** The same, with what folders say of how their files are sealed. */
function withPolicies(request: StartRequest, services: Services): PlanRequest {
  const work = withPaths(request, services.shell.grants);
  if (work.operation !== 'seal' || request.operation !== 'seal') return work;
  const { labels, hideNames, withoutPolicies } = request.choices;
  if (withoutPolicies === true) return work;
  const wanted = wantedOf(request.choices, { keys: [], labels, hideNames });
  return { ...work, request: { ...work.request, policies: policiesFor(services.home, wanted) } };
}

/** None: those of the settings. @throws EnvelopeError `key-not-found` */
async function resolve({ keyring }: Home, keys: readonly string[]): Promise<KeyRef[]> {
  if (keys.length === 0) return await keyring.defaults();
  return await Promise.all(keys.map(async (key) => await keyring.resolve(key)));
}

async function workOf(request: StartRequest, { home, shell }: Services): Promise<WorkRequest> {
  const work = withPaths(request, shell.grants);
  if (work.operation !== 'seal') return withApproval(work, home);
  if (request.operation !== 'seal') throw new Error('a request keeps its operation');
  const { labels, hideNames, withoutPolicies } = request.choices;
  const rules = { labels, hideNames, keys: await resolve(home, request.choices.keys) };
  const wanted = wantedOf(request.choices, rules);
  const policies = withoutPolicies === true ? undefined : policiesFor(home, wanted);
  const offline = await offlineFor(home);
  return { operation: 'seal', request: { ...work.request, ...rules, policies, offline } };
}

function withApproval(work: Exclude<PlanRequest, { operation: 'seal' }>, home: Home): WorkRequest {
  const { approveAccount } = home;
  if (work.operation === 'open') return { ...work, request: { ...work.request, approveAccount } };
  return { ...work, request: { ...work.request, approveAccount } };
}

/** Settings, connections and names as they are now. @returns what begins a batch with them */
async function starter({ home, queue }: Services): Promise<(work: WorkRequest) => string> {
  await home.connections.all();
  home.forgiveRefusals();
  const names = await home.names();
  // Only a name for the rows: where they cannot be told, sealing itself says why.
  const added = await home.keyring.added().catch((error: unknown) => {
    if (isEnvelopeError(error)) return [];
    throw error;
  });
  return (work) => queue.start(work, names, added);
}

async function start(services: Services, work: WorkRequest): Promise<string> {
  const begin = await starter(services);
  return begin(work);
}

/** `take`: what to do again, in another folder if one is chosen. It is taken only once everything else is well. */
async function retry(
  services: Services,
  take: (to: string | undefined) => WorkRequest,
  { keys, body, to }: RetryChange = {},
): Promise<string> {
  const { grants } = services.shell;
  const refs = keys === undefined ? undefined : await resolve(services.home, keys);
  const file = body === undefined ? undefined : grants.pathOf(body);
  const folder = to === undefined ? undefined : grants.pathOf(to);
  // As the settings have it now, and to be asked again.
  const offline = await offlineFor(services.home);
  const begin = await starter(services);
  const work = take(folder);
  if (work.operation === 'seal') {
    const { policies, keys: before } = work.request;
    const again = { keys: refs ?? before, policies: policies?.again(refs), offline };
    return begin({ ...work, request: { ...work.request, ...again } });
  }
  const found = file === undefined ? {} : { body: file };
  if (work.operation === 'open') return begin({ ...work, request: { ...work.request, ...found } });
  return begin({ ...work, request: { ...work.request, ...found } });
}

async function verifyResult(services: Services, row: string): Promise<string> {
  const { operation, path } = services.queue.resultOf(row);
  if (operation === 'open') throw new EnvelopeError('usage', 'what was opened is sealed no more');
  return await start(
    services,
    withApproval({ operation: 'verify', request: { paths: [path] } }, services.home),
  );
}

export function jobRoutes(services: Services): JobRoutes {
  const { home, queue, shell } = services;
  return {
    plan: async (request) => await planOf(withPolicies(request, services)),
    start: async (request) => await start(services, await workOf(request, services)),
    cancelBatch: (batch) => {
      queue.cancelBatch(batch);
    },
    cancelRow: (row) => {
      queue.cancelRow(row);
    },
    retry: async (rows, change) => await retry(services, (to) => queue.takeForRetry(rows, to), change),
    retryBatch: async (batch, change) =>
      await retry(services, (to) => queue.takeBatchForRetry(batch, to), change),
    jobs: () => {
      // Who asks for everything is a page that has just begun: it has not heard of a question either.
      const { open } = home.prompts;
      if (open !== undefined) shell.send('promptChanged', open);
      return queue.jobs();
    },
    clearHistory: async () => {
      await queue.clear();
    },
    showResult: (row) => {
      shell.showInFolder(queue.resultOf(row).path);
    },
    openResult: async (row) => {
      const { operation, path } = queue.resultOf(row);
      if (operation !== 'open') throw new EnvelopeError('usage', 'only what was opened is opened further');
      await shell.openFile(path);
    },
    verifyResult: async (row) => await verifyResult(services, row),
    answerPrompt: (prompt, answer) => {
      home.prompts.answer(prompt, answer);
    },
  };
}
