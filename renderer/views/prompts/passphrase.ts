/** The fewest characters of a new passphrase: shorter ones fall to guessing whatever the key is wrapped with. */
const FEWEST = 12;

export function problemOfPassphrase(value: string, repeated: string): 'short' | 'different' | undefined {
  if (Array.from(value).length < FEWEST) return 'short';
  return value === repeated ? undefined : 'different';
}
