/**
 * @file The main process as the page sees it, acted, for looking at the page in a plain browser. Never in the bundle.
 * `double`: empty, rows, running, many; `lang`, `appearance`, `keystore` (real, weak, none); `plan` (large, taken, full,
 * policies); `prompt` (passphrase, protect, mfa, account, session, sign-in, policy); `card` (plain, hidden, missing);
 * `recovery` (none, used, due, entered); `fail` (each test step after it fails); `managed` (fixed, extended, invalid);
 * `access` (left: a change of who can open that was interrupted).
 */
import type { ArgumentsOf, CallName, Client, Result, Routes, ValueOf } from '../../shared/contract.ts';
import type { Grant, Granted } from '../../shared/desktop.ts';
import type { HalfOf } from '../../shared/halves.ts';
import { kmsTestSteps } from '../../shared/kms.ts';
import { withoutTrusted } from '../../shared/trust.ts';
import { createEvents, type Events } from './events.ts';
import { sampleCopies, sampleLocated } from './sample-halves.ts';
import { sampleDenial } from './sample-denial.ts';
import { healthRoutes } from './sample-health.ts';
import { samplePlan } from './sample-plan.ts';
import { samplePrompt } from './sample-prompt.ts';
import { sampleCanOpen, sampleCard } from './sample-card.ts';
import { accessRoutes } from './sample-access.ts';
import { connectionKeys, localKeys } from './sample-keys.ts';
import { recoveryRoutes } from './recovery.ts';
import { sampleJobs } from './sample-rows.ts';
import { sampleInfo, sampleSettings } from './sample-settings.ts';
import { signInRoutes } from './sign-in.ts';
import { updateRoutes } from './updates.ts';
import { waitingRoutes } from './waiting.ts';
import { createWork } from './work.ts';

type Scene = { params: URLSearchParams; events: Events; grants: Map<string, Grant> };

let lastGrant = 0;

function grantOf(scene: Scene, name: string, size: number): Grant {
  const kind = /\.envelope$/i.test(name) ? 'envelope' : /\.enc$/i.test(name) ? 'body' : 'file';
  const known: Grant = { id: `grant-${++lastGrant}`, name, size, kind: size === 0 ? 'folder' : kind };
  scene.grants.set(known.id, known);
  return known;
}

const granted = (grants: Grant[]): Granted => ({ grants, refused: [] });

function fileRoutes(scene: Scene) {
  const { params, events, grants } = scene;
  const work = createWork(events);
  const known = (ids: readonly string[]): Grant[] => ids.flatMap((id) => grants.get(id) ?? []);
  return {
    takeArrivals: () => granted(params.has('card') ? [grantOf(scene, 'Q3 payroll.xlsx.envelope', 2048)] : []),
    pick: (kind) => {
      if (kind === 'output') return granted([grantOf(scene, 'Sealed', 0)]);
      if (kind === 'folder') return granted([grantOf(scene, 'Site plans', 0)]);
      if (kind === 'picture') return granted([grantOf(scene, 'Sheet.jpg', 2_100_000)]);
      if (kind === 'envelope') return granted([grantOf(scene, 'Tender.pdf.envelope', 2048)]);
      if (kind === 'body') return granted([grantOf(scene, 'Contracts.zip.enc', 31_000_000)]);
      return granted([grantOf(scene, 'Tender.pdf', 4_211_000), grantOf(scene, 'Film.mov', 900_000_000)]);
    },
    plan: (request) => samplePlan(params.get('plan'), request.operation, known(request.grants)),
    start: (request) => work.start(request.operation, known(request.grants)),
    cancelBatch: work.cancel,
    cancelRow: work.cancel,
    retry: (rows) =>
      work.start(
        'seal',
        rows.map((row) => ({ id: row, name: row, kind: 'file', size: 400_000_000 })),
      ),
    retryBatch: () =>
      work.start('seal', [{ id: 'again', name: 'Tender.pdf', kind: 'file', size: 4_211_000 }]),
    jobs: () => sampleJobs(params.get('double') ?? ''),
    clearHistory: () => {
      const { rows, batches } = sampleJobs(params.get('double') ?? '');
      events.tell('jobsChanged', { rows: [], batches: [], gone: [...rows, ...batches].map((one) => one.id) });
    },
    showResult: () => {},
    openResult: () => {},
    verifyResult: (row) =>
      work.start('verify', [
        { id: row, name: 'Q3 payroll.xlsx.envelope', kind: 'envelope', size: 48_000_000 },
      ]),
    card: (grant) => sampleCard(grant, params.get('card')),
    canOpen: async (grant) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      return sampleCanOpen(sampleCard(grant, params.get('card')));
    },
  } satisfies Partial<Routes>;
}

function halfRoutes({ events, grants }: Scene) {
  let copies = sampleCopies;
  const known = (half: HalfOf): Grant =>
    ('grant' in half ? grants.get(half.grant) : undefined) ?? {
      id: 'half',
      name: 'Contracts.zip.envelope',
      kind: 'envelope',
      size: 2048,
    };
  return {
    locate: async (half, search) => {
      const searched = { folders: 12, files: 408, placeholders: 0, complete: true };
      events.tell('locateProgress', { search, folder: 'Archive', searched });
      await new Promise((resolve) => setTimeout(resolve, 900));
      return sampleLocated(known(half));
    },
    cancelLocate: () => {},
    restoreEnvelope: (half) => ({ ...known(half), name: 'Contracts.zip.envelope', kind: 'envelope' }),
    copies: () => copies,
    changeCopies: (change) => (copies = { ...copies, ...change }),
    moveCopies: () => (copies = { ...copies, isOwn: false, place: '/media/backup/Envelope copies' }),
    moveCopiesBack: () => (copies = sampleCopies),
    cancelMoveCopies: () => {},
    clearCopies: () => {
      const { oldest: _oldest, newest: _newest, ...rest } = copies;
      return (copies = { ...rest, count: 0, bytes: 0 });
    },
  } satisfies Partial<Routes>;
}

function keyRoutes({ params }: Scene) {
  const [first] = localKeys;
  if (first === undefined) throw new Error('the sample has keys');
  const empty = params.get('double') === 'empty';
  return {
    localKeys: () => (empty ? [] : localKeys),
    kmsKeys: async (connection) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return connectionKeys[connection] ?? { connection, keys: [] };
    },
    createLocalKey: (name, protection) => ({ ...first, name, protection, isDefault: false }),
    renameKey: () => {},
    protectKey: () => {},
    backUpKey: () => 'This computer.age',
    restoreKey: () => first,
    createKmsKey: (key) => ({ ...first, provider: 'aws-kms', name: key.alias, connection: key.connection }),
  } satisfies Partial<Routes>;
}

function settingsRoutes({ params, events }: Scene) {
  let view = sampleSettings(params);
  const change = (settings: typeof view.settings, secrets = view.secrets): typeof view => {
    view = { ...view, settings, secrets };
    events.tell('settingsChanged', view);
    return view;
  };
  return {
    settings: () => view,
    changeSettings: (some) => change({ ...view.settings, ...some }),
    saveConnection: (connection, replaces, secret) => {
      const others = view.settings.connections.filter((one) => one.name !== (replaces ?? connection.name));
      const kept =
        secret === undefined ? view.secrets : { ...view.secrets, [connection.name]: 'stored' as const };
      return change({ ...view.settings, connections: [...others, connection] }, kept);
    },
    removeConnection: (name) =>
      change({ ...view.settings, connections: view.settings.connections.filter((one) => one.name !== name) }),
    clearSecret: (name) => {
      const { [name]: _gone, ...secrets } = view.secrets;
      return change(view.settings, secrets);
    },
    forgetAccount: (account) =>
      change({ ...view.settings, accounts: withoutTrusted(view.settings.accounts, account) }),
    forgetPolicy: (policy) => {
      view = { ...view, policies: view.policies.filter(({ id }) => id !== policy) };
      return change(view.settings);
    },
    profiles: () => ['default', 'lab', 'work'],
    testConnection: async (name, test) => {
      const failing = params.get('fail') ?? (name === 'Lab' ? 'identity' : undefined);
      for (const step of kmsTestSteps) {
        await new Promise((resolve) => setTimeout(resolve, 350));
        const error = {
          code: 'credentials-expired',
          message: 'expired',
          details: { profile: 'lab' },
        } as const;
        const outcome =
          step === failing
            ? ({ ok: false, error } as const)
            : ({ ok: true, found: `found: ${step}` } as const);
        events.tell('testProgress', { test, step, outcome });
        if (step === failing) return;
      }
    },
  } satisfies Partial<Routes>;
}

/** Every route answers a moment later, as over the IPC. */
function clientOf(routes: Routes, scene: Scene): Client {
  const call =
    <Name extends CallName>(name: Name) =>
    async (...args: ArgumentsOf<Name>): Promise<Result<ValueOf<Name>>> => {
      await Promise.resolve();
      const route = routes[name] as (...args: ArgumentsOf<Name>) => ValueOf<Name> | Promise<ValueOf<Name>>;
      return { ok: true, value: await route(...args) };
    };
  const names = Object.keys(routes) as CallName[];
  const calls = Object.fromEntries(names.map((name) => [name, call(name)]));
  const grant: Client['grant'] = async (files) => {
    await Promise.resolve();
    const grants = files
      .filter((file) => file instanceof File)
      .map((file) => grantOf(scene, file.name, file.size));
    return { ok: true, value: granted(grants) };
  };
  return { ...calls, grant, on: scene.events.on } as unknown as Client;
}

export function createDouble(params: URLSearchParams): Client {
  const events = createEvents();
  const scene: Scene = { params, events, grants: new Map() };
  const routes: Routes = {
    appInfo: () => sampleInfo(params),
    openLink: () => {},
    explainDenied: (refused) => sampleDenial(refused),
    answerPrompt: () => {
      events.tell('promptChanged', undefined);
    },
    ...fileRoutes(scene),
    ...halfRoutes(scene),
    ...keyRoutes(scene),
    ...recoveryRoutes(params),
    ...healthRoutes(params, events),
    ...accessRoutes(params, events),
    ...settingsRoutes(scene),
    ...signInRoutes(scene),
    ...waitingRoutes(scene),
    ...updateRoutes(scene),
  };
  const asked = samplePrompt(params.get('prompt'));
  if (asked !== undefined) setTimeout(() => events.tell('promptChanged', asked), 300);
  return clientOf(routes, scene);
}
