/**
 * @file Tokens of IAM Identity Center where the AWS tools keep theirs, in their form: who signed in there is signed in
 * here, and the other way round. SECURITY: for this user alone (0600), whole or not at all, and never in an error.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { getSSOTokenFilepath } from '@smithy/core/config';
import { z } from 'zod';
import { isEnvelopeError } from '../../../../shared/errors.ts';
import { writeWhole } from '../../../files/atomic.ts';
import { makeFolder } from '../../../files/mirror.ts';
import { ioErrors } from '../../../files/io-error.ts';
import type { SsoSession } from './session.ts';

/** What IAM Identity Center knows a program by. Its secret is none: every copy of the program could have one. */
export type Registration = { clientId: string; clientSecret: string; expires: Date };

export type SsoToken = {
  accessToken: string;
  expires: Date;
  /** Gets the next token without a person, by the registration that got this one. */
  refresh?: { refreshToken: string; registration: Registration };
};

const time = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue('not a time');
  return z.NEVER;
});
const secret = z.string().min(1);

const tokenFile = z.object({
  accessToken: secret,
  expiresAt: time,
  refreshToken: secret.optional(),
  clientId: secret.optional(),
  clientSecret: secret.optional(),
  registrationExpiresAt: time.optional(),
});
const registrationFile = z.object({ clientId: secret, clientSecret: secret, expiresAt: time });

/** The token of a session; undefined if there is none that can be read. It may have expired. */
export async function readToken({ cacheName }: SsoSession): Promise<SsoToken | undefined> {
  const found = await read(getSSOTokenFilepath(cacheName), tokenFile);
  if (found === undefined) return undefined;
  const { accessToken, expiresAt: expires, refreshToken, clientId, clientSecret } = found;
  const { registrationExpiresAt } = found;
  if (!refreshToken || !clientId || !clientSecret || !registrationExpiresAt) return { accessToken, expires };
  const registration = { clientId, clientSecret, expires: registrationExpiresAt };
  return { accessToken, expires, refresh: { refreshToken, registration } };
}

/** @throws EnvelopeError `target-unwritable`, `disk-full`, `io-failed` */
export async function writeToken(
  { cacheName, startUrl, region }: SsoSession,
  token: SsoToken,
  { clientId, clientSecret, expires }: Registration,
): Promise<void> {
  await write(getSSOTokenFilepath(cacheName), {
    startUrl,
    region,
    accessToken: token.accessToken,
    expiresAt: stamp(token.expires),
    clientId,
    clientSecret,
    registrationExpiresAt: stamp(expires),
    ...(token.refresh === undefined ? {} : { refreshToken: token.refresh.refreshToken }),
  });
}

/** The program's own registration for the sessions of a start URL; undefined if there is none that still holds. */
export async function readRegistration(session: SsoSession): Promise<Registration | undefined> {
  const found = await read(registrationPath(session), registrationFile);
  if (found === undefined) return undefined;
  const { clientId, clientSecret, expiresAt: expires } = found;
  return holds(expires) ? { clientId, clientSecret, expires } : undefined;
}

/** @throws EnvelopeError as {@link writeToken} */
export async function writeRegistration(
  session: SsoSession,
  { clientId, clientSecret, expires }: Registration,
): Promise<void> {
  const { scopes } = session;
  await write(registrationPath(session), { clientId, clientSecret, expiresAt: stamp(expires), scopes });
}

/** A registration that ends while it is used would be of no use. */
const MARGIN_MS = 15 * 60_000;

export const holds = (expires: Date): boolean => expires.getTime() - Date.now() > MARGIN_MS;

/** Named as the AWS tools name theirs, and like none of theirs. */
function registrationPath({ startUrl, region, scopes, cacheName }: SsoSession): string {
  return getSSOTokenFilepath(JSON.stringify({ tool: 'envelope', startUrl, region, scopes, cacheName }));
}

/** The AWS tools write whole seconds. */
const stamp = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** Without a cause: what does not parse may hold half a token. */
async function read<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    const text = await ioErrors('source', file, async () => await readFile(file, 'utf8'));
    return schema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (isEnvelopeError(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function write(file: string, content: object): Promise<void> {
  await makeFolder(path.dirname(file), 0o700);
  await writeWhole(file, JSON.stringify(content), { mode: 0o600 });
}
