/** @file The entries of `keys` (FORMAT.md sections 2 and 4): known, damaged or unknown; all of them are kept. */
import type { KeyEntry, Provider, WrappedKey } from '../../shared/envelope.ts';
import { encodeBase64url, readBase64url } from './base64url.ts';
import { invalid } from './invalid.ts';
import { type JsonMembers, type JsonTree, readJson, writeJson } from './json.ts';
import { isMembers } from './members.ts';

/** What `key` looks like and how many bytes `wrapped` has, first to last possible: the table of section 4. */
const rules: Readonly<Record<Provider, { key: RegExp; bytes: readonly [number, number] }>> = {
  'aws-kms': {
    key: /^arn:aws[a-z-]{0,16}:kms:[a-z]+(-[a-z]+)+-[0-9]{1,2}:[0-9]{12}:key\/[A-Za-z0-9-]{1,64}$/,
    bytes: [1, 6144],
  },
  // 16 bytes in base64url: of the last character only two bits are used.
  local: { key: /^local:[A-Za-z0-9_-]{21}[AQgw]$/, bytes: [80, 80] },
  age: { key: /^age1[02-9ac-hj-np-z]{58}$/, bytes: [1, 1024] },
};

/**
 * Reads one entry. An entry of a known provider that is malformed is damaged, not an error: another may open the body.
 * @throws EnvelopeError `envelope-invalid` unless it is an object with a string `provider`
 */
export function readEntry(tree: JsonTree): KeyEntry {
  const provider = isMembers(tree) ? tree.get('provider') : undefined;
  if (!isMembers(tree) || typeof provider !== 'string') throw invalid('an entry of keys names no provider');
  const raw = writeJson(tree);
  if (!isProvider(provider)) return { state: 'unknown', provider, raw };
  const read = readWrappedKey(provider, tree);
  return typeof read === 'string'
    ? { state: 'damaged', provider, problem: read, raw }
    : { state: 'known', ...read, raw };
}

/** The entry for a key that was just wrapped. A wrapped key that no reader would accept is a bug. */
export function newEntry({ provider, key, wrapped }: WrappedKey): KeyEntry {
  const entry = readEntry(readJson(writeJson({ provider, key, wrapped: encodeBase64url(wrapped) })));
  if (entry.state !== 'known')
    throw new Error(`a key of ${provider} was wrapped to an entry that is ${entry.state}`);
  return entry;
}

/** Whether a version 1 reader understands an entry. */
export const isKnown = (entry: KeyEntry): entry is KeyEntry & { state: 'known' } => entry.state === 'known';

function isProvider(provider: string): provider is Provider {
  return Object.hasOwn(rules, provider);
}

/** The wrapped key, or in plain words what is wrong with it. */
function readWrappedKey(provider: Provider, entry: JsonMembers): WrappedKey | string {
  const key = entry.get('key');
  const text = entry.get('wrapped');
  if (entry.size !== 3 || typeof key !== 'string' || typeof text !== 'string') {
    return 'it does not have exactly the members provider, key and wrapped';
  }
  if (!rules[provider].key.test(key)) return `its key is not the name of a key of ${provider}`;
  const wrapped = readBase64url(text);
  if (wrapped === undefined) return 'its wrapped key is not base64url';
  const [least, most] = rules[provider].bytes;
  if (wrapped.length < least || wrapped.length > most) return 'its wrapped key has an impossible length';
  return { provider, key, wrapped };
}
