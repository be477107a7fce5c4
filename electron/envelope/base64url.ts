/** @file Base64url (RFC 4648 section 5) without padding: how FORMAT.md section 2 writes bytes. */

/** Writes bytes as base64url. */
export function encodeBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

/** Reads base64url, or gives undefined unless encoding the bytes again gives the same text. */
export function readBase64url(text: string): Uint8Array | undefined {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64url'));
  return encodeBase64url(bytes) === text ? bytes : undefined;
}

/** Decodes base64url that was checked before, such as `stream` of a parsed envelope; anything else is a bug. */
export function decodeBase64url(text: string): Uint8Array {
  const bytes = readBase64url(text);
  if (bytes === undefined) throw new Error('not base64url');
  return bytes;
}
