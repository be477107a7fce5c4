/** @file Which key a person means by a word. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import type { SettingsStore } from '../settings/store.ts';
import { isRecipient } from './age.ts';
import { parseKeyName } from './aws/key-arn.ts';
import type { KeyRef } from './keyring.ts';
import type { LocalStore } from './local-store.ts';

/** Where names are looked up. */
export type SpecSources = {
  localStore: Pick<LocalStore, 'ensureDefault' | 'default' | 'find'>;
  settings: Pick<SettingsStore, 'load' | 'update'>;
};

/** The id of a KMS key, of one region or of several. */
const KMS_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/** A local key by its own name (FORMAT.md section 4). */
const LOCAL_KEY = /^local:[A-Za-z0-9_-]{22}$/;

/** SECURITY: whoever gives the secret half for the public one does not find it in a message, or in a log. */
const withoutSecret = (spec: string): string =>
  spec.replace(/^(age-secret-key-(?:pq-)?1).*/is, (_, prefix: string) => `${prefix}…`);

const notFound = (spec: string): EnvelopeError =>
  new EnvelopeError('key-not-found', 'no key goes by this name', { key: withoutSecret(spec) });

/** The recovery key's recipient, if there is one. */
type Recovery = () => Promise<KeyRef | undefined>;

/** `Keyring.resolve`: a key to be used. `local` is made if it is not there yet. */
export async function resolveSpec(
  spec: string,
  { localStore, settings }: SpecSources,
  recovery: Recovery,
): Promise<KeyRef> {
  if (spec === 'local') return { provider: 'local', key: await localStore.ensureDefault() };
  const { keyNames } = await settings.load();
  const named = Object.keys(keyNames).find((key) => keyNames[key] === spec);
  for (const key of named === undefined ? [spec] : [spec, named]) {
    if (isKmsName(key)) return { provider: 'aws-kms', key };
    if (await isRecipient(key)) return { provider: 'age', key };
    const local = await localStore.find(key);
    if (local !== undefined) return { provider: 'local', key: local };
  }
  const found = spec === 'recovery' ? await recovery() : undefined;
  if (found !== undefined) return found;
  throw notFound(spec);
}

/** `Keyring.find`: a key that may only stand in envelopes any more. */
export async function findSpec(spec: string, sources: SpecSources, recovery: Recovery): Promise<KeyRef> {
  if (spec !== 'local') {
    return LOCAL_KEY.test(spec)
      ? { provider: 'local', key: spec }
      : await resolveSpec(spec, sources, recovery);
  }
  const key = await sources.localStore.default();
  if (key === undefined) throw notFound(spec);
  return { provider: 'local', key };
}

function isKmsName(spec: string): boolean {
  try {
    return parseKeyName(spec).form !== 'id' || KMS_ID.test(spec);
  } catch (error) {
    if (isEnvelopeError(error, 'kms-request-invalid')) return false;
    throw error;
  }
}
