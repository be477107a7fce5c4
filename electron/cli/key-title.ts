import { printable } from './escape.ts';

const kinds: Readonly<Record<string, string>> = {
  'aws-kms': 'AWS KMS key',
  local: 'local key',
  age: 'age key',
};

/** `local key “This computer”`, or with the key itself where it has no name here. Printable. `key`: '' if unknown. */
export function keyTitle(provider: string, key: string, name: string | undefined): string {
  const kind = kinds[provider] ?? `key of the unknown kind “${printable(provider)}”`;
  if (name !== undefined) return `${kind} “${printable(name)}”`;
  return key === '' ? kind : `${kind} ${printable(key)}`;
}
