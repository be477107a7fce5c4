/** @file The way of what comes in by drop, button or the system: to the card, to the plan, or straight to work. */
import type { Grant, Granted, Plan, StartRequest } from '../../../shared/desktop.ts';
import type { Collision } from '../../../shared/settings.ts';
import { client, orNotice } from '../../client.ts';
import { notice, type NoticeAction } from '../../store/notices.ts';
import { place } from '../../store/place.ts';
import { createStore } from '../../store/store.ts';
import { chosen, currentSettings, sealChoices } from './choices.ts';
import { cardOf, isPlaceless, isWorthAsking, refusalOf, sortGrants, type Sorted } from './drop.ts';

/** A request and what it would do. */
export type Planned = { request: StartRequest; grants: readonly Grant[]; plan: Plan };

export type Intake =
  | { kind: 'none' }
  | { kind: 'counting' }
  /** `body`: the one that was found for it. `handed`: when the system handed it over, by `performance.now()`. */
  | { kind: 'card'; grant: Grant; body?: Grant | undefined; handed?: number }
  | { kind: 'plan'; parts: readonly Planned[] };

export const intake = createStore<Intake>({ kind: 'none' });

export function endIntake(): void {
  intake.set({ kind: 'none' });
}

/** Shows the card of an envelope, with the body that was found for it. */
export function showCard(grant: Grant, body?: Grant): void {
  intake.set({ kind: 'card', grant, body });
}

type Ask = 'always' | 'when-large';

/** Milliseconds. Of several files that are opened at once Windows makes one start each, and some come late. */
const AT_ONCE = 2_000;

/** What waits for an answer and is joined by `granted`. */
function joined(granted: Granted, ask: Ask): readonly Grant[] {
  const now = intake.get();
  if (now.kind === 'plan') return now.parts.flatMap((part) => part.grants);
  if (now.kind !== 'card' || now.handed === undefined || ask === 'when-large') return [];
  const isOther = granted.grants.every(({ name }) => name !== now.grant.name);
  return isOther && performance.now() - now.handed < AT_ONCE ? [now.grant] : [];
}

let turn: Promise<void> = Promise.resolve();

/**
 * One after the other, however fast they come. What comes while a plan waits for its answer joins that plan.
 * @param ask `always`: the user did not drop it here just now, so nothing starts unasked
 */
export async function takeIn(granted: Granted, ask: Ask): Promise<void> {
  const before = turn;
  turn = (async () => {
    await before.catch(() => {});
    await takeOne(granted, ask);
  })();
  await turn;
}

async function takeOne(granted: Granted, ask: Ask): Promise<void> {
  sayRefused(granted.refused);
  const waiting = joined(granted, ask);
  const sorted = sortGrants([...waiting, ...granted.grants]);
  if (granted.grants.length === 0) return;
  const alone = cardOf(sorted);
  if (alone !== undefined) {
    intake.set({ kind: 'card', grant: alone, ...(ask === 'always' ? { handed: performance.now() } : {}) });
    return;
  }
  intake.set({ kind: 'counting' });
  const parts = await planParts(sorted);
  endIntake();
  if (parts === undefined) return;
  if (
    ask === 'always' ||
    waiting.length > 0 ||
    parts.some(({ plan, grants }) => isWorthAsking(plan, grants))
  ) {
    intake.set({ kind: 'plan', parts });
    return;
  }
  await startParts(parts);
}

const ids = (grants: readonly Grant[]): string[] => grants.map((grant) => grant.id);

function requestsOf({ seal, open }: Sorted): { request: StartRequest; grants: readonly Grant[] }[] {
  const settings = currentSettings();
  const choices = sealChoices(chosen.get(), settings);
  const to = choices.to === undefined ? {} : { to: choices.to };
  return [
    { grants: seal, request: { operation: 'seal' as const, grants: ids(seal), choices } },
    {
      grants: open,
      request: {
        operation: 'open' as const,
        grants: ids(open),
        choices: { ...to, collision: settings.collision },
      },
    },
  ].filter((part) => part.grants.length > 0);
}

/** Undefined if one of them cannot be planned; the reason was said. */
async function planParts(sorted: Sorted): Promise<Planned[] | undefined> {
  const parts: Planned[] = [];
  for (const part of requestsOf(sorted)) {
    const plan = await orNotice(client().plan(part.request));
    if (plan === undefined) return undefined;
    parts.push({ ...part, plan });
  }
  return parts;
}

const aside = (request: StartRequest): StartRequest =>
  request.operation === 'seal'
    ? { ...request, choices: { ...request.choices, withoutPolicies: true } }
    : request;

/** Plans the same anew without the policies of its folders. What cannot be planned stays as it was; the reason is said. */
export async function leavePoliciesAside(parts: readonly Planned[]): Promise<void> {
  const anew: Planned[] = [];
  for (const part of parts) {
    const request = aside(part.request);
    const plan = await orNotice(client().plan(request));
    if (plan === undefined) return;
    anew.push({ ...part, request, plan });
  }
  const now = intake.get();
  if (now.kind === 'plan' && now.parts === parts) intake.set({ kind: 'plan', parts: anew });
}

const withCollision = (request: StartRequest, collision: Collision): StartRequest => {
  if (request.operation === 'seal') return { ...request, choices: { ...request.choices, collision } };
  if (request.operation === 'open') return { ...request, choices: { ...request.choices, collision } };
  return request;
};

/** Starts what was planned. @param collision for all names that are taken, where the user chose */
export async function startParts(parts: readonly Planned[], collision?: Collision): Promise<void> {
  endIntake();
  if (parts.length > 1) sayMixed(parts);
  for (const { request } of parts) {
    await orNotice(client().start(collision === undefined ? request : withCollision(request, collision)));
  }
}

function sayMixed(parts: readonly Planned[]): void {
  const count = (operation: StartRequest['operation']): number =>
    parts.find((part) => part.request.operation === operation)?.plan.files ?? 0;
  notice('info', (text, format) =>
    text.files.mixed(
      count('seal'),
      format.number(count('seal')),
      count('open'),
      format.number(count('open')),
    ),
  );
}

/** What the user chooses in the system's dialog is taken in as if it had been dropped. */
export async function pick(kind: 'files' | 'folder'): Promise<void> {
  const granted = await orNotice(client().pick(kind));
  if (granted !== undefined) await takeIn(granted, 'when-large');
}

/** The way in that is always open, where a drop was not taken. */
const chooseInstead: NoticeAction = {
  label: (text) => text.files.chooseFiles,
  do: () => {
    place.set('files');
    void pick('files');
  },
};

/** A drop that holds no file at all. */
export function sayNothingIn(types: readonly string[]): void {
  notice('warning', (text) => text.files[refusalOf(types)], chooseInstead);
}

/** Each reason is told, but not a hundred times. */
function sayRefused(refused: Granted['refused']): void {
  const [first] = refused;
  if (first === undefined) return;
  notice(
    'warning',
    (text, format, explain) => {
      const one = isPlaceless(first)
        ? text.files.refusedPlaceless(first.name)
        : text.files.refusedOne(first.name, explain(first.error).what);
      const count = refused.length;
      return count === 1 ? one : `${text.files.refusedMore(count, format.number(count))} ${one}`;
    },
    chooseInstead,
  );
}
