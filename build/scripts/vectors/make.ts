/** @file Makes one vector: a valid pair from fixed bytes, and the hand-made edits that its recipe names. */
import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { type BodyRecipe, lcg32, makeBody, sealBody, sha256, type Vector } from '../../../e2e/vector.ts';
import { encryptionContext } from '../../../electron/envelope/context.ts';
import { commitmentSalt } from '../../../electron/envelope/derive.ts';
import { hideContent } from '../../../electron/envelope/hidden.ts';
import { jcs } from '../../../electron/envelope/json.ts';
import { DataKey } from '../../../electron/keys/data-key.ts';
import { localKeyId } from '../../../electron/keys/local.ts';
import type { FileContent, Header, JsonObject, JsonValue, Labels } from '../../../shared/envelope.ts';

/** Bytes, the generator's, or the blocks of an archive, which are told as pieces. */
export type Plaintext = Uint8Array | { seed: number; length: number } | { archive: Uint8Array };

/** What a vector has otherwise than the plainest pair. The functions are the hand-made edits. */
export type Recipe = {
  dataKey?: Uint8Array;
  id?: string;
  /** Bytes 1 to 32 of the body, if not the commitment. */
  salt?: Uint8Array;
  /** `size` follows the plaintext unless it is given. */
  content?: Partial<FileContent>;
  context?: Labels;
  plaintext?: Plaintext;
  hide?: boolean;
  /** Before the MAC is made. */
  header?: (header: JsonObject) => JsonObject;
  keys?: (sealed: Sealed) => JsonValue[];
  /** After the MAC was made. */
  envelope?: (envelope: JsonObject) => JsonValue;
  text?: (text: string) => string | Uint8Array;
  body?: (body: Uint8Array, sealed: Sealed) => Uint8Array;
  /** Of a generated body: how its segments are arranged, a byte with another bit, what is left, what is put behind. */
  endsEmpty?: boolean;
  segments?: readonly number[];
  flip?: number;
  cut?: number;
  append?: Uint8Array;
  /** Bytes of the envelope, spaces at its end included. */
  padTo?: number;
  attempts?: Vector['attempts'];
};

/** What the edits may need of a pair. */
export type Sealed = { dataKey: Uint8Array; id: string; context: Labels; stream: Uint8Array };

/** Fixed bytes for a purpose: SHA-256 of its name. */
export const fixed = (purpose: string): Uint8Array =>
  Uint8Array.from(createHash('sha256').update(purpose).digest());

export const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** A member that is a string in every plain envelope. */
export function textOf(object: JsonObject, member: string): string {
  const value = object[member];
  if (typeof value !== 'string') throw new Error(`${member} is not a string`);
  return value;
}

export const master = fixed('the master of the vectors');

export function fixedId(purpose: string): string {
  const hex = Buffer.from(fixed(purpose)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The `local` wrap of section 4, with a salt that is fixed. */
export function localEntry(dataKey: Uint8Array, id: string, context: Labels, under = master): JsonObject {
  const salt = fixed(`salt of ${id}`);
  const wrapKey = new Uint8Array(hkdfSync('sha512', under, salt, 'envelope/1 local wrap', 32));
  const cipher = createCipheriv('aes-256-gcm', wrapKey, new Uint8Array(12));
  cipher.setAAD(Buffer.from(jcs({ ...encryptionContext({ id, context }) })));
  const wrapped = Buffer.concat([salt, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  return { provider: 'local', key: localKeyId(under), wrapped: base64url(wrapped) };
}

/** What most vectors seal: 7 bytes. */
export const samplePlaintext = Uint8Array.from(Buffer.from('secret\n'));

function bytesOf(plaintext: Plaintext): Uint8Array {
  if (plaintext instanceof Uint8Array) return plaintext;
  return 'archive' in plaintext ? plaintext.archive : lcg32(plaintext);
}

function contentOf(recipe: Recipe, size: number): FileContent {
  return {
    kind: 'file',
    name: 'report.pdf',
    size,
    modified: '2026-11-20T09:00:00.000Z',
    mode: '0644',
    ...recipe.content,
  };
}

function headerOf(key: DataKey, name: string, recipe: Recipe, content: FileContent): Header {
  const {
    id = fixedId(`id of ${name}`),
    salt = commitmentSalt(key, id),
    context = { project: 'apollo' },
  } = recipe;
  return {
    id,
    created: '2026-11-23T16:20:00.000Z',
    cipher: 'AES256_GCM_HKDF_1MB',
    stream: base64url(Buffer.concat([Uint8Array.of(40), salt, fixed(`prefix of ${name}`).subarray(0, 7)])),
    content: recipe.hide ? hideContent(key, id, content, fixed(`nonce of ${name}`).subarray(0, 12)) : content,
    context,
  };
}

/** `mac` of section 3, also where the header is none. */
function macOver({ dataKey, id }: Sealed, header: JsonObject): Uint8Array {
  const key = new Uint8Array(hkdfSync('sha512', dataKey, id, 'envelope/1 mac', 32));
  return createHmac('sha256', key).update(jcs(header)).digest();
}

/** Without white space, to keep the file of the vectors small; one vector is as a writer sets it. */
function envelopeText(header: Header, sealed: Sealed, recipe: Recipe): string | Uint8Array {
  const edited = recipe.header === undefined ? header : recipe.header(structuredClone(header));
  const keys = recipe.keys?.(sealed) ?? [localEntry(sealed.dataKey, sealed.id, sealed.context)];
  const mac = base64url(macOver(sealed, edited));
  const envelope = { format: 'envelope/1', header: edited, mac, keys };
  const text = JSON.stringify(recipe.envelope?.(envelope) ?? envelope);
  return recipe.text?.(text) ?? text;
}

function bodyPart(sealed: Sealed, stream: string, recipe: Recipe, plaintext: Plaintext) {
  if (plaintext instanceof Uint8Array) {
    const body = sealBody(sealed, plaintext);
    return { bodyBase64url: base64url(recipe.body?.(body, sealed) ?? body) };
  }
  const bodyOf: Omit<BodyRecipe, 'sha256'> = {
    plaintext: 'archive' in plaintext ? { pieces: piecesOf(plaintext.archive) } : { lcg32: plaintext },
    id: sealed.id,
    stream,
    ...(recipe.endsEmpty === undefined ? {} : { endsEmpty: recipe.endsEmpty }),
    ...(recipe.segments === undefined ? {} : { segments: recipe.segments }),
    ...(recipe.flip === undefined ? {} : { flip: recipe.flip }),
    ...(recipe.cut === undefined ? {} : { cut: recipe.cut }),
    ...(recipe.append === undefined ? {} : { append: base64url(recipe.append) }),
  };
  return { bodyOf: { ...bodyOf, sha256: sha256(makeBody(bodyOf, sealed.dataKey)) } };
}

/** Bytes, and how many zeros follow them, in turn. */
function piecesOf(bytes: Uint8Array): (string | number)[] {
  const runs =
    Buffer.from(bytes)
      .toString('latin1')
      .match(/\0{4,}|(?:(?!\0{4})[^])+/g) ?? [];
  return runs.map((run) => (run.startsWith('\0\0\0\0') ? run.length : base64url(Buffer.from(run, 'latin1'))));
}

/** One vector. `name` also chooses its K, id, prefix and nonces, so it has them to itself. */
export function vector(
  section: Vector['section'],
  name: string,
  what: string,
  expect: Vector['expect'],
  recipe: Recipe = {},
): Vector {
  const { dataKey = fixed(`K of ${name}`), plaintext = samplePlaintext } = recipe;
  using key = DataKey.take(Uint8Array.from(dataKey));
  const plain = bytesOf(plaintext);
  const content = contentOf(recipe, plain.length);
  const header = headerOf(key, name, recipe, content);
  const stream = Uint8Array.from(Buffer.from(header.stream, 'base64url'));
  const sealed = { dataKey, id: header.id, context: header.context, stream };
  const text = envelopeText(header, sealed, recipe);
  return {
    name,
    section,
    what,
    expect,
    ...(recipe.attempts === undefined ? {} : { attempts: recipe.attempts }),
    dataKey: base64url(dataKey),
    ...(expect === 'ok' ? { content, plaintextSha256: sha256(plain) } : {}),
    ...(recipe.padTo === undefined ? {} : { padTo: recipe.padTo }),
    ...(typeof text === 'string' ? { envelope: text } : { envelopeBase64url: base64url(text) }),
    ...bodyPart(sealed, header.stream, recipe, plaintext),
  };
}
