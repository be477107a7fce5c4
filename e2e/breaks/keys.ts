/** @file Keys and secrets, and the KMS. */
import type { Break } from './break.ts';

const answers = 'electron/keys/aws/answers.ts';

export const keyBreaks: readonly Break[] = [
  {
    what: 'any account is called',
    file: 'electron/keys/accounts.ts',
    find: `    if (unfamiliar === undefined) return;`,
    put: `    if (unfamiliar !== 'nowhere') return;`,
    tests: [
      'electron/keys/accounts.test.ts',
      'electron/envelope/rewrap.test.ts',
      'e2e/work-trust.test.ts',
      'e2e/desktop/trust.spec.ts',
    ],
  },
  {
    what: 'a KMS may use another key than the one asked for',
    file: answers,
    find: `if (used === undefined || !answersTo(used, name, region)) {`,
    put: `if (used === undefined || name.form === 'nothing') {`,
    tests: ['e2e/kms-provider.test.ts', 'e2e/kms-faults-pairs.test.ts'],
  },
  {
    what: 'a data key may have any length',
    file: answers,
    find: `if (plaintext?.length === DATA_KEY_BYTES) return DataKey.take(plaintext);`,
    put: `if (plaintext !== undefined) return DataKey.take(new Uint8Array(DATA_KEY_BYTES));`,
    tests: ['e2e/kms-provider.test.ts', 'e2e/kms-faults-pairs.test.ts'],
  },
  {
    what: 'any certificate will do',
    file: 'electron/keys/aws/transport.ts',
    find: `const agentOptions = { keepAlive: true, maxSockets: 50 };`,
    put: `const agentOptions = { keepAlive: true, maxSockets: 50, rejectUnauthorized: false };`,
    tests: ['e2e/kms-transport.test.ts'],
  },
  {
    what: 'behind a proxy any certificate will do',
    file: 'electron/keys/aws/transport.ts',
    find: `    return super.connect(request, trusting);`,
    put: `    return super.connect(request, Object.assign({}, trusting, { rejectUnauthorized: false }));`,
    tests: ['e2e/kms-transport.test.ts', 'e2e/kms-faults-pairs.test.ts'],
  },
  {
    what: 'plain http goes anywhere',
    file: 'electron/keys/aws/transport.ts',
    find: `    checkEndpoint(request.protocol, request.hostname);
`,
    put: ``,
    tests: ['e2e/kms-faults.test.ts'],
  },
  {
    what: 'a KMS that says nothing is waited for',
    file: 'electron/keys/aws/transport.ts',
    find: `    requestTimeout: limits.requestMs,
    socketTimeout: limits.requestMs,`,
    put: `    requestTimeout: 600_000,
    socketTimeout: 600_000,`,
    tests: ['e2e/kms-faults.test.ts', 'e2e/kms-faults-pairs.test.ts'],
  },
  {
    what: 'a role is asked for in another region',
    file: 'electron/keys/aws/clients.ts',
    find: `await this.#session.source(caller);`,
    put: `await this.#session.source(caller === undefined ? caller : undefined);`,
    tests: ['e2e/kms-transport.test.ts'],
  },
  {
    what: 'an answer without an end is waited for',
    file: 'electron/keys/aws/transport.ts',
    find: `    endInTime(answered.response.body, this.#answerMs);
`,
    put: ``,
    tests: ['e2e/kms-faults.test.ts', 'e2e/kms-faults-pairs.test.ts'],
  },
  {
    what: 'a KMS that throttles is waited for without end',
    file: 'electron/keys/aws/in-time.ts',
    find: `AbortSignal.timeout(ms)`,
    put: `AbortSignal.timeout(ms + 3_600_000)`,
    tests: ['e2e/kms-storm.test.ts'],
  },
  {
    what: 'the data key stays in memory after sealing',
    file: 'electron/envelope/sealing.ts',
    find: `    using dataKey = made.dataKey;`,
    put: `    const dataKey = made.dataKey;`,
    tests: ['electron/envelope/wiped.test.ts'],
  },
  {
    what: 'the data key stays in memory after opening',
    file: 'electron/envelope/unlock.ts',
    find: `    using key = dataKey;`,
    put: `    const key = dataKey;`,
    tests: ['electron/envelope/wiped.test.ts'],
  },
  {
    what: 'the key of a body stays in memory after opening',
    file: 'electron/envelope/unlock.ts',
    find: `    this.fileKey.fill(0);
`,
    put: ``,
    tests: ['electron/envelope/wiped.test.ts'],
  },
  {
    what: 'the key of a body stays in memory after sealing',
    file: 'electron/envelope/sealing.ts',
    find: `    this.fileKey.fill(0);
`,
    put: ``,
    tests: ['electron/envelope/wiped.test.ts'],
  },
  {
    what: 'the key of a body stays in the memory that threads share',
    file: 'electron/stream/stream-run.ts',
    find: `    this.#fileKey.fill(0);
`,
    put: ``,
    tests: ['electron/stream/pool-failures.test.ts'],
  },
  {
    what: 'the key of a body that was sealed again stays in the memory that threads share',
    file: 'electron/stream/stream-run.ts',
    find: `    this.#oldKey?.fill(0);
`,
    put: ``,
    tests: ['electron/stream/reseal.test.ts'],
  },
  {
    what: 'the key of the MAC stays in memory',
    file: 'electron/envelope/derive.ts',
    find: `    macKey.fill(0);
`,
    put: ``,
    tests: ['electron/envelope/wiped.test.ts'],
  },
  {
    what: 'the key of a local wrap stays in memory',
    file: 'electron/keys/local.ts',
    find: `    wrapKey.fill(0);
`,
    put: ``,
    tests: ['electron/envelope/wiped.test.ts'],
  },
  {
    what: 'the data key stays in memory after a rewrap',
    file: 'electron/envelope/change-keys.ts',
    find: `    using dataKey = opened.dataKey;`,
    put: `    const dataKey = opened.dataKey;`,
    tests: ['electron/envelope/wiped.test.ts'],
  },
  {
    what: 'a data key that was not the right one stays in memory',
    file: 'electron/keys/unwrap-any.ts',
    find: `  } catch (error) {
    dataKey.wipe();
    throw error;`,
    put: `  } catch (error) {
    throw error;`,
    tests: ['electron/keys/unwrap-any.test.ts'],
  },
  {
    what: 'others may read secrets of connections',
    file: 'electron/settings/secrets.ts',
    find: `{ mode: 0o600 }`,
    put: `{ mode: 0o644 }`,
    tests: ['electron/settings/secrets.test.ts'],
  },
  {
    what: 'a secret is given out for another access key',
    file: 'electron/settings/secrets.ts',
    find: `if (kept?.accessKeyId !== accessKeyId) return undefined;`,
    put: `if (kept === undefined) return undefined;`,
    tests: ['electron/settings/secrets.test.ts'],
  },
  {
    what: 'Chromium’s fixed password counts as a key store',
    file: 'electron/app/key-store.ts',
    find: `  if (platform === 'linux' && (await usesFixedPassword(storage))) return { kind: 'weak' };
`,
    put: ``,
    tests: ['electron/app/key-store.test.ts'],
  },
  {
    what: 'basic_text counts as a key store',
    file: 'electron/app/key-store.ts',
    find: `  if (name === undefined) return { kind: 'weak' };`,
    put: `  if (name === undefined) return { kind: 'real', name: '' };`,
    tests: ['electron/app/key-store.test.ts'],
  },
  {
    what: 'a master that only permissions protect is said to be protected by more',
    file: 'electron/keys/local-folder.ts',
    find: `readableByOthers: process.platform !== 'win32' && (mode & 0o077) !== 0,`,
    put: `readableByOthers: false,`,
    tests: ['electron/keys/local-store.test.ts'],
  },
  {
    what: 'messages of the system are logged with their paths',
    file: 'electron/ipc/log.ts',
    find: `error.message.replace(pathLike, '…')`,
    put: `error.message`,
    tests: ['electron/ipc/log.test.ts'],
  },
  {
    what: 'a data key of a wrong length is told',
    file: answers,
    find: `  plaintext?.fill(0);
  throw new EnvelopeError('kms-answer-wrong', 'a data key is 32 bytes', {
    length: plaintext?.length,`,
    put: `  throw new EnvelopeError('kms-answer-wrong', 'a data key is 32 bytes', {
    length: Buffer.from(plaintext ?? []).toString('base64'),`,
    tests: ['e2e/leaks.test.ts'],
  },
  {
    what: 'an answer of the KMS hangs on its error',
    file: 'electron/keys/aws/errors.ts',
    find: `    bare(error, facts),
`,
    put: `    error,
`,
    tests: ['e2e/kms-faults.test.ts'],
  },
];
