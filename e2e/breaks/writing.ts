/** @file Rules of FORMAT.md for writers: sections 4 and 5, as far as no other break is of them. */
import type { Break } from './break.ts';

const calls = 'electron/keys/aws/calls.ts';
const rewrap = 'electron/envelope/rewrap.ts';

export const writingBreaks: readonly Break[] = [
  {
    what: 'an envelope gets its name before it is on the disk',
    file: 'electron/envelope/partial-pair.ts',
    find: `      await setOwned(file, like?.envelope ?? own);
      await file.sync();`,
    put: `      await setOwned(file, like?.envelope ?? own);`,
    tests: ['electron/envelope/on-disk.test.ts'],
  },
  {
    what: 'the folder is not on the disk between the names of a pair',
    file: 'electron/files/pair.ts',
    find: `      claims.push(claim);
      await disk.fsyncFolder(pair.folder);`,
    put: `      claims.push(claim);`,
    tests: ['electron/files/pair.test.ts'],
  },
  {
    what: 'a source that changed while it was sealed is taken',
    file: 'electron/envelope/seal.ts',
    find: `  await plain.confirmUnchanged();
  await pair`,
    put: `  await pair`,
    tests: ['electron/envelope/seal.test.ts'],
  },
  {
    what: 'a rewrapped envelope is not read back',
    file: rewrap,
    find: `    await confirmWritten(partial, bytes);
`,
    put: ``,
    tests: ['electron/envelope/rewrap-writing.test.ts'],
  },
  {
    what: 'a rewrap writes over what somebody else has written meanwhile',
    file: rewrap,
    find: `      if (!(await isUnchanged(old))) return false;
`,
    put: ``,
    tests: ['electron/envelope/rewrap-writing.test.ts'],
  },
  {
    what: 'a rewrap changes permissions',
    file: rewrap,
    find: `mode & 0o777`,
    put: `0o600`,
    tests: ['electron/envelope/rewrap-writing.test.ts'],
  },
  {
    what: 'an entry goes though the new one was not unwrapped again',
    file: 'electron/envelope/change-keys.ts',
    find: `    if (gone.length === 0 && older.length === 0) continue;`,
    put: `    if (older.length === 0) continue;`,
    tests: ['electron/envelope/rewrap.test.ts'],
  },
  {
    what: 'the last key can be removed',
    file: 'electron/envelope/change-keys.ts',
    find: `  if (refs.length === 0 && !kept.some(isKnown)) {`,
    put: `  if (refs.length === 0 && names.size === 0) {`,
    tests: ['electron/envelope/rewrap.test.ts'],
  },
  {
    what: 'ReEncrypt asks an account that is not approved',
    file: 'electron/keys/keyring.ts',
    find: `      await this.checkAccount(key, approveAccount);
      const kms`,
    put: `      const kms`,
    tests: ['electron/envelope/rewrap.test.ts'],
  },
  {
    what: 'Decrypt is asked without the key’s name',
    file: calls,
    find: `{ KeyId: key.arn, CiphertextBlob: wrapped, EncryptionContext: context }`,
    put: `{ CiphertextBlob: wrapped, EncryptionContext: context }`,
    tests: ['e2e/kms-provider.test.ts'],
  },
  {
    what: 'Decrypt is asked without the context',
    file: calls,
    find: `{ KeyId: key.arn, CiphertextBlob: wrapped, EncryptionContext: context }`,
    put: `{ KeyId: key.arn, CiphertextBlob: wrapped }`,
    tests: ['e2e/kms-provider.test.ts'],
  },
  {
    what: 'ReEncrypt drops the context',
    file: calls,
    find: `          DestinationEncryptionContext: context,
`,
    put: ``,
    tests: ['e2e/kms-regions.test.ts'],
  },
  {
    what: 'a replica may be of any key',
    file: 'electron/keys/aws/key-arn.ts',
    find: `return key.id.startsWith('mrk-');`,
    put: `return key.id !== '';`,
    tests: ['e2e/kms-regions.test.ts'],
  },
  {
    what: 'a data key is made here though the KMS may make it',
    file: 'electron/keys/aws/provider.ts',
    find: `    return await generateAt(at, context, options);
  } catch`,
    put: `    await Promise.resolve();
  } catch`,
    tests: ['e2e/kms-provider.test.ts'],
  },
  {
    what: 'keys that need a network are tried first',
    file: 'electron/keys/unwrap-any.ts',
    find: `  ...entries.filter((entry) => !needsNetwork(entry)),
  ...entries.filter(needsNetwork),`,
    put: `  ...entries.filter(needsNetwork),
  ...entries.filter((entry) => !needsNetwork(entry)),`,
    tests: ['electron/keys/unwrap-any.test.ts'],
  },
  {
    what: 'the mark of the web is lost',
    file: 'electron/envelope/open.ts',
    find: `if (!(await copyWebMark([unlocked.file.path, unlocked.body.path], partial))) {`,
    put: `if (partial === '') {`,
    tests: ['electron/envelope/open.test.ts'],
  },
  {
    what: 'a stem is a name that is too long',
    file: 'electron/files/stem.ts',
    find: `  return name !== undefined && fits(name) ? name : id;`,
    put: `  return name ?? id;`,
    tests: ['electron/files/stem.test.ts'],
  },
  {
    what: 'names that are none are sealed as they are',
    file: 'electron/envelope/names.ts',
    find: `cut(text.replace(ALL_OFFENDING, '_')) || '_'`,
    put: `cut(text) || '_'`,
    tests: ['electron/envelope/names.test.ts'],
  },
  {
    what: 'envelopes are written in another way',
    file: 'electron/envelope/codec.ts',
    find: '  return readBack(`${text}\\n`, keys);',
    put: '  return readBack(text, keys);',
    tests: ['electron/envelope/codec.test.ts'],
  },
];
