/** @file The envelope as data (FORMAT.md, sections 2 to 4): types only, safe in every world. */

/** What a JSON text can hold, as the codec accepts it (section 2: integers from 0 to 2^53-1 only). */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = { [member: string]: JsonValue };

export type FileContent = {
  kind: 'file' | 'folder';
  /** One path component, the name the file or folder gets back. */
  name: string;
  /** Plaintext bytes; for a folder, of its archive. */
  size: number;
  /** `YYYY-MM-DDTHH:MM:SS.sssZ` */
  modified: string;
  /** `^0[0-7]{3}$` */
  mode: string;
};

export type HiddenContent = { hidden: string };

/** The user's labels; with the id they are the encryption context. */
export type Labels = { [label: string]: string };

export type Header = {
  id: string;
  created: string;
  cipher: 'AES256_GCM_HKDF_1MB';
  /** base64url of the body's first 40 bytes. */
  stream: string;
  content: FileContent | HiddenContent;
  context: Labels;
};

export type Provider = 'aws-kms' | 'local' | 'age';

/** An entry of `keys` that a version 1 reader understands. */
export type WrappedKey = { provider: Provider; key: string; wrapped: Uint8Array };

/**
 * One entry of `keys` as read. `raw` is its text as it stands in the file, without white space: a rewrite keeps it
 * untouched, and a JavaScript object would forget the order of members.
 * `damaged`: a known provider, malformed. `unknown`: a provider this version does not know.
 */
export type KeyEntry =
  | ({ state: 'known'; raw: string } & WrappedKey)
  | { state: 'damaged'; provider: Provider; problem: string; raw: string }
  | { state: 'unknown'; provider: string; raw: string };

export type Envelope = {
  header: Header;
  /** HMAC-SHA-256 over JCS(header), 32 bytes. */
  mac: Uint8Array;
  keys: KeyEntry[];
};

/** EC of FORMAT.md section 4: all labels plus `envelope-id`. */
export type EncryptionContext = Readonly<Record<string, string>>;
