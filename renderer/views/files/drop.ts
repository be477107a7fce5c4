/** @file What a drop or a pick asks for. */
import type { Grant, Granted, Plan } from '../../../shared/desktop.ts';
import { naturally } from '../../../shared/natural-order.ts';

export type Sorted = {
  seal: Grant[];
  /** Envelopes, and bodies whose envelope is looked for. A pair that was dropped whole is one to open. */
  open: Grant[];
};

const stemOf = ({ name }: Grant): string => name.replace(/\.(?:envelope|enc)$/i, '').toLowerCase();

/** Envelopes and bodies are opened, everything else is sealed; in the order in which people list names. */
export function sortGrants(given: readonly Grant[]): Sorted {
  const grants = given.toSorted((a, b) => naturally(a.name, b.name));
  const envelopes = new Set(grants.filter((grant) => grant.kind === 'envelope').map(stemOf));
  return {
    seal: grants.filter((grant) => grant.kind === 'file' || grant.kind === 'folder'),
    open: grants.filter(
      (grant) => grant.kind === 'envelope' || (grant.kind === 'body' && !envelopes.has(stemOf(grant))),
    ),
  };
}

/** One envelope and nothing else: it is looked at before it is opened. */
export function cardOf({ seal, open }: Sorted): Grant | undefined {
  const [only] = open;
  return seal.length === 0 && open.length === 1 ? only : undefined;
}

const MANY_FILES = 20;
const LARGE = 2 ** 30;

/** Whether a person should see the plan before it is carried out. */
export function isWorthAsking(plan: Plan, grants: readonly Grant[]): boolean {
  return (
    grants.some((grant) => grant.kind === 'folder') ||
    plan.files > MANY_FILES ||
    plan.bytes > LARGE ||
    plan.taken.count > 0 ||
    plan.policies !== undefined ||
    !plan.space.enough
  );
}

/** Has no place on disk: dragged out of a page or a mail program. */
export const isPlaceless = ({ error }: Granted['refused'][number]): boolean =>
  error.code === 'source-missing' && typeof error.details['path'] !== 'string';

/** What the types of a drop without files say that it is. */
export function refusalOf(types: readonly string[]): 'refusedText' | 'refusedNothing' {
  return types.some((type) => type.startsWith('text/')) ? 'refusedText' : 'refusedNothing';
}
