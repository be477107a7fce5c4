/** @file The sealed pair: who reads it, changes it, cuts it, swaps its halves, or makes a hostile one. */
import type { Break } from './break.ts';

const derive = 'electron/envelope/derive.ts';
const segment = 'electron/stream/segment.ts';

export const pairBreaks: readonly Break[] = [
  {
    what: 'segments are written as they are read',
    file: segment,
    find: `  transform(cipher, segment.subarray(0, -TAG_BYTES));
  cipher.final();`,
    put: `  cipher.final();`,
    tests: ['electron/stream/tink.test.ts'],
  },
  {
    what: 'the key of a body does not depend on its id',
    file: derive,
    find: `createSecretKey(dataKey.bytes), saltOf(stream), id, DERIVED_BYTES)`,
    put: `createSecretKey(dataKey.bytes), saltOf(stream), '', DERIVED_BYTES)`,
    tests: ['e2e/interop-tink.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'hidden content is as long as what is hidden',
    file: 'electron/envelope/hidden.ts',
    find: `new Uint8Array(HIDDEN_PLAINTEXT_BYTES).fill(SPACE)`,
    put: `new Uint8Array(Buffer.byteLength(jcs(content)))`,
    tests: ['electron/envelope/hidden.test.ts'],
  },
  {
    what: 'two hidden contents share a nonce',
    file: 'electron/envelope/hidden.ts',
    find: `nonce: Uint8Array = randomBytes(NONCE_BYTES)`,
    put: `nonce: Uint8Array = new Uint8Array(NONCE_BYTES)`,
    tests: ['electron/envelope/hidden.test.ts'],
  },
  {
    what: 'a name that is to be hidden is not',
    file: 'electron/envelope/sealing.ts',
    find: `options.hideNames ? hideContent(dataKey, options.id, content) : content`,
    put: `content`,
    tests: ['electron/envelope/seal.test.ts'],
  },
  {
    what: 'a local wrap is not bound to id and labels',
    file: 'electron/keys/local.ts',
    find: `const aadOf = (context: EncryptionContext): Uint8Array => Buffer.from(jcs({ ...context }));`,
    put: `const aadOf = (_context: EncryptionContext): Uint8Array => Buffer.from(jcs({}));`,
    tests: ['electron/keys/local.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'the tag of a segment is not looked at',
    file: segment,
    find: `    decipher.final();
  } catch {`,
    put: `    void 0;
  } catch {`,
    tests: ['electron/stream/worker-segments.test.ts', 'e2e/attack.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'segments have no number',
    file: segment,
    find: `setUint32(PREFIX_BYTES, index)`,
    put: `setUint32(PREFIX_BYTES, 0)`,
    tests: ['electron/stream/tink.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'the last segment is like any other',
    file: segment,
    find: `bytes[11] = last ? 0x01 : 0x00;`,
    put: `bytes[11] = 0x00;`,
    tests: ['electron/stream/tink.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'the MAC is not looked at',
    file: derive,
    find: `if (!timingSafeEqual(macOf(dataKey, header), mac)) {`,
    put: `if (mac.length === 0) {`,
    tests: ['electron/envelope/tamper.test.ts', 'e2e/attack.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'a text may stand there in many spellings',
    file: 'electron/envelope/json.ts',
    find: `if (JSON.stringify(value) !== token) throw invalid('it has a string in an unusual spelling');`,
    put: ``,
    tests: ['electron/envelope/json.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'nesting has no bound',
    file: 'electron/envelope/json.ts',
    find: `const MAX_NESTING = 8;`,
    put: `const MAX_NESTING = 1e9;`,
    tests: ['electron/envelope/json.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'what was read is not what would be written',
    file: 'electron/envelope/json.ts',
    find: `if (members.has(name)) throw invalid('it has the same member twice');`,
    put: ``,
    tests: ['e2e/fuzz.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'size and length of the body may disagree',
    file: 'electron/envelope/body-length.ts',
    find: `  if (n === size) return;`,
    put: `  if (n >= 0) return;`,
    tests: ['electron/envelope/open.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'bytes behind the last segment are not noticed',
    file: 'electron/stream/worker-segments.ts',
    find: `if (last && readFully(io, claims, body.fd, new Uint8Array(1), body.length) > 0) {`,
    put: `if (body.length < 0) {`,
    tests: ['electron/stream/worker-segments.test.ts'],
  },
  {
    what: 'a body whose length changed while it was read is taken',
    file: 'electron/envelope/verify.ts',
    find: `  if (size === body.length) return;`,
    put: `  if (size >= 0) return;`,
    tests: ['electron/envelope/still-there.test.ts'],
  },
  {
    what: 'an opened file gets its name before its last segment was verified',
    file: 'electron/envelope/open.ts',
    find: `  const { engine, unlocked, partial } = opening;
  await engine.pool.run({ kind: 'open', ...bodyOf(unlocked), target: handle.fd }, options);`,
    put: `  const { engine, unlocked, partial } = opening;
  await engine.pool.run({ kind: 'open', ...bodyOf(unlocked), target: handle.fd }, options).catch(() => {});`,
    tests: ['electron/envelope/open.test.ts', 'e2e/attack.test.ts'],
  },
  {
    what: 'any 32 bytes are taken for the data key',
    file: derive,
    find: `if (!timingSafeEqual(commitmentSalt(dataKey, id), saltOf(stream))) {`,
    put: `if (id === '') {`,
    tests: ['electron/envelope/rewrap.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'keys are asked for though the body cannot be right',
    file: 'electron/envelope/unlock.ts',
    find: `    checkBodyLength(envelope.header, body);`,
    put: ``,
    tests: ['e2e/vectors.test.ts'],
  },
  {
    what: 'a name may lead anywhere',
    file: 'electron/envelope/names.ts',
    find: `return !OFFENDING.test(name) && Buffer.byteLength(name) <= MAX_NAME_BYTES;`,
    put: `return Buffer.byteLength(name) <= MAX_NAME_BYTES;`,
    tests: ['electron/envelope/names.test.ts', 'e2e/vectors.test.ts'],
  },
  {
    what: 'what an envelope names is wrapped to',
    file: 'electron/envelope/change-keys.ts',
    find: `const refs = withoutRepeats([...add, `,
    put: `const refs = withoutRepeats([...kept.filter(isKnown), ...add, `,
    tests: ['electron/envelope/rewrap.test.ts'],
  },
  {
    what: 'a rewrap looks at no MAC',
    file: 'electron/envelope/checked-key.ts',
    find: `    checkMac(opened.dataKey, envelope);`,
    put: ``,
    tests: ['electron/envelope/rewrap.test.ts'],
  },
];
