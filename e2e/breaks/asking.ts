/** @file What is believed of keys while a file is sealed, and how long they are waited for. */
import type { Break } from './break.ts';

export const askingBreaks: readonly Break[] = [
  {
    what: 'a KMS is believed what it says that it wrapped',
    file: 'electron/envelope/read-back.ts',
    find: `return await askKeys(engine.keyring, sealing.envelope, signal);`,
    put: `return await askKeys(engine.keyring, sealing.envelope, signal).catch(() => ({ state: 'opened', requestIds: [] }));`,
    tests: ['e2e/kms-lies.test.ts', 'electron/envelope/ask-keys.test.ts'],
  },
  {
    what: 'an original goes though no key that could be asked opened what was sealed',
    file: 'electron/envelope/seal.ts',
    find: `const mayGo = request.binOriginal && !named.isUntried;`,
    put: `const mayGo = request.binOriginal;`,
    tests: ['e2e/kms-lies.test.ts', 'electron/envelope/ask-keys.test.ts'],
  },
  {
    what: 'a pair is replaced by one that no key was seen to open',
    file: 'electron/envelope/reseal.ts',
    find: `  refuseUntried(asked);
`,
    put: ``,
    tests: ['electron/envelope/ask-keys.test.ts'],
  },
  {
    what: 'a KMS that refuses everything is waited for by each file',
    file: 'electron/keys/aws/storm.ts',
    find: `return now - weather.since < long ? undefined : weather;`,
    put: `return now < weather.since ? weather : undefined;`,
    tests: ['electron/keys/aws/storm.test.ts', 'e2e/kms-storm.test.ts'],
  },
  {
    what: 'the command line asks a KMS that refuses everything for each file that is left',
    file: 'electron/cli/storm-stop.ts',
    find: `    ({ details }) => details['storm'] === true,`,
    put: `    ({ details }) => details['storm'] === 'never',`,
    tests: ['electron/cli/storm-stop.test.ts'],
  },
];
