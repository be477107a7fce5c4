/** @file Why AWS said no, found out by dry runs, and the smallest policy that would make it say yes. */
import { type ErrorRecord, errorCodes } from './errors.ts';
import type { KmsIdentity } from './kms.ts';

/** What was refused, and where: the details of a `kms-access-denied`. */
export type Refused = {
  /** As AWS KMS calls it, without `kms:`. */
  action: string;
  /** As it was asked for: ARN, alias or id. */
  key?: string | undefined;
};

/** By which connection it was asked. */
export type RefusedBy = Refused & { connection?: string | undefined };

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/**
 * The refusals in an error: itself, or those of the single keys that were tried. Its shape is looked at, not assumed: it
 * may have crossed JSON or a file of history.
 */
export function refusalsIn(error: Pick<ErrorRecord, 'code' | 'details'>): RefusedBy[] {
  const attempts = error.details['attempts'];
  const inner = Array.isArray(attempts) ? attempts.map((attempt: unknown) => member(attempt, 'error')) : [];
  return [error, ...inner].flatMap((one): RefusedBy[] => {
    const code = errorCodes.find((known) => known === member(one, 'code'));
    const details = member(one, 'details');
    const action = textOf(member(details, 'action'));
    if (code !== 'kms-access-denied' || action === undefined) return [];
    const key = textOf(member(details, 'key'));
    const connection = textOf(member(details, 'connection'));
    return [
      { action, ...(key === undefined ? {} : { key }), ...(connection === undefined ? {} : { connection }) },
    ];
  });
}

export type Denial = {
  action: string;
  /** What dry runs showed to be denied; none if it is allowed by now. Sorted. */
  denied: readonly string[];
  /** Who asks. Absent if STS could not be asked. */
  caller?: KmsIdentity | undefined;
  /** The key, as far as its ARN or name tells. Absent for what is about no key. */
  key?: { name: string; arn?: string; partition: string; account?: string; region: string } | undefined;
  /** The key is another account's: it takes a yes from both sides. */
  crossAccount: boolean;
};

/** Policies as JSON text. `caller`: for the user or role that asks; `key`: to be added to the key's own policy. */
export type Policies = { caller: string; key?: string };

type Statement = {
  Sid: string;
  Effect: 'Allow';
  Principal?: { AWS: string };
  Action: string | string[];
  Resource: string;
  Condition?: Record<string, Record<string, string>>;
};

/** What one call needs two permissions for. */
const permissions: Readonly<Record<string, readonly string[]>> = {
  ReEncrypt: ['ReEncryptFrom', 'ReEncryptTo'],
};

function actionsOf(denied: readonly string[]): string | string[] {
  const all = [...new Set(denied.flatMap((action) => permissions[action] ?? [action]))].sort();
  const [first = '', ...more] = all.map((action) => `kms:${action}`);
  return more.length === 0 ? first : [first, ...more];
}

/** An alias is no resource: a policy names the key, or says which alias it must have. */
function onKey(key: Denial['key']): Pick<Statement, 'Resource' | 'Condition'> {
  if (key === undefined) return { Resource: '*' };
  if (key.arn !== undefined) return { Resource: key.arn };
  const Resource = `arn:${key.partition}:kms:${key.region}:${key.account ?? '*'}:key/`;
  const alias = /(?:^|:)(alias\/.+)$/.exec(key.name)?.[1];
  if (alias === undefined) return { Resource: `${Resource}${key.name}` };
  return {
    Resource: `${Resource}*`,
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } },
  };
}

/** The user or role behind a session: a session's own name would hold for this one alone. */
export function principalOf({ arn, account }: KmsIdentity): string {
  const [, partition, role] = /^arn:([^:]+):sts::[0-9]{12}:assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (partition === undefined || role === undefined) return arn;
  return `arn:${partition}:iam::${account}:role/${role}`;
}

const jsonOf = (statement: Statement): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);

/** Allows what was shown to be denied, on that key, and nothing more; undefined if nothing was. */
export function policiesFor(denial: Denial): Policies | undefined {
  if (denial.denied.length === 0) return undefined;
  const Action = actionsOf(denial.denied);
  const caller = jsonOf({ Sid: 'Envelope', Effect: 'Allow', Action, ...onKey(denial.key) });
  if (!denial.crossAccount || denial.caller === undefined) return { caller };
  const Principal = { AWS: principalOf(denial.caller) };
  // In a key's own policy the key is “*”.
  return { caller, key: jsonOf({ Sid: 'Envelope', Effect: 'Allow', Principal, Action, Resource: '*' }) };
}
