/** A secret as it might be found in a file: written down in the usual ways, or as it is, in a file read as latin1. */
export function spellings(secret: Uint8Array): string[] {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  return [base64, bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('latin1')];
}
