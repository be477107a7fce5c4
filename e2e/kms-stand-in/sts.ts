/** @file STS, as far as a KMS connection needs it: GetCallerIdentity and AssumeRole, by the query protocol. */
import { randomUUID } from 'node:crypto';
import { ServiceError } from './service-error.ts';

export type Caller = { account: string; arn: string };

/** Who is behind an access key. Assumed roles are remembered for as long as the stand-in runs. */
export class Callers {
  readonly #account: string;
  readonly #mfaCodes: Set<string>;
  readonly #sessions = new Map<string, Caller>();
  readonly #ended = new Set<string>();
  /** Seconds that the next session of a role lasts. */
  sessionLifetime = 3600;

  constructor(account: string, mfaCodes: readonly string[]) {
    this.#account = account;
    this.#mfaCodes = new Set(mfaCodes);
  }

  of(accessKeyId: string): Caller {
    const session = this.#sessions.get(accessKeyId);
    return session ?? { account: this.#account, arn: `arn:aws:iam::${this.#account}:user/${accessKeyId}` };
  }

  /** Begins a session of a role. `expires`: milliseconds since 1970. */
  begin(account: string, role: string): { accessKeyId: string; expires: number } {
    const accessKeyId = `ASIA${randomUUID().slice(0, 8).toUpperCase()}`;
    this.#sessions.set(accessKeyId, { account, arn: `arn:aws:sts::${account}:assumed-role/${role}` });
    return { accessKeyId, expires: Date.now() + this.sessionLifetime * 1000 };
  }

  /** Every session of a role that was begun so far is over, whatever its own time says. */
  endSessions(): void {
    for (const accessKeyId of this.#sessions.keys()) this.#ended.add(accessKeyId);
  }

  /** @throws ServiceError ExpiredTokenException */
  check(accessKeyId: string): void {
    if (!this.#ended.has(accessKeyId)) return;
    throw new ServiceError('ExpiredTokenException', 'The security token included in the request is expired');
  }

  /** Answers one form-encoded request. @throws ServiceError */
  answer(action: string, form: URLSearchParams, accessKeyId: string): string {
    if (action === 'GetCallerIdentity') return this.#identity(accessKeyId);
    if (action === 'AssumeRole') return this.#assumeRole(form);
    throw new ServiceError('InvalidAction', `the stand-in does not know ${action}`);
  }

  #identity(accessKeyId: string): string {
    const { account, arn } = this.of(accessKeyId);
    return result('GetCallerIdentity', `<Arn>${arn}</Arn><UserId>AIDA</UserId><Account>${account}</Account>`);
  }

  #assumeRole(form: URLSearchParams): string {
    const [, account, role] = /^arn:aws:iam::([0-9]{12}):role\/(.+)$/.exec(form.get('RoleArn') ?? '') ?? [];
    if (account === undefined || role === undefined) throw new ServiceError('ValidationError', 'RoleArn');
    if (form.has('SerialNumber')) this.#spendMfaCode(form.get('TokenCode') ?? '');
    const accessKeyId = `ASIA${randomUUID().slice(0, 8).toUpperCase()}`;
    const arn = `arn:aws:sts::${account}:assumed-role/${role}/${form.get('RoleSessionName')}`;
    this.#sessions.set(accessKeyId, { account, arn });
    const ends = new Date(Date.now() + Number(form.get('DurationSeconds') ?? 3600) * 1000);
    return result(
      'AssumeRole',
      `<AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser>` +
        `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>stand-in-secret</SecretAccessKey>` +
        `<SessionToken>stand-in-session</SessionToken><Expiration>${ends.toISOString()}</Expiration></Credentials>`,
    );
  }

  /** A code opens one session: AWS refuses it the second time. */
  #spendMfaCode(code: string): void {
    if (this.#mfaCodes.delete(code)) return;
    throw new ServiceError(
      'AccessDenied',
      'MultiFactorAuthentication failed with invalid MFA one time pass code. ',
      403,
    );
  }
}

function result(action: string, inner: string): string {
  return (
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${inner}</${action}Result>` +
    `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`
  );
}

export function stsError(error: ServiceError): string {
  return (
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${error.name.replace(/Exception$/, '')}</Code>` +
    `<Message>${error.message}</Message></Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`
  );
}
