/** @file Every error code of the program. The command line and the page map each to a sentence and an action. */

export const errorCodes = [
  // The envelope (FORMAT.md sections 2 and 3)
  'envelope-invalid', // not a valid envelope
  'envelope-newer', // made by a newer version
  'envelope-altered', // the MAC does not fit though the key is right
  'envelope-missing', // no envelope beside the body fits it
  'last-key', // the last key of an envelope cannot be removed
  'too-many-keys', // an envelope has at most 32
  'envelope-changed', // changed by somebody else while it was being rewritten
  // The body (sections 1 and 3)
  'body-missing',
  'body-foreign', // this envelope belongs to another file
  'pair-apart', // the halves have different names or folders, and both are to be replaced
  'body-cut-short',
  'body-altered',
  'archive-invalid', // the sealed folder's archive breaks a rule of section 2
  // Keys of any kind
  'no-key-opens', // every entry was tried; details.attempts says how each failed
  'no-key-tried', // none of the keys that would be left can be tried, so none is removed; details.attempts
  'key-not-found', // the user's key list has no such key
  'key-damaged', // an entry, or a stored key, is malformed
  'key-wrong', // an unwrapped key does not fit the body's commitment
  'key-locked', // a passphrase is needed and none was given
  'passphrase-wrong',
  'key-exists',
  'labels-invalid',
  // The recovery key
  'identity-mistyped', // what was typed or scanned is no identity of age; details.mistake says how
  'picture-unreadable', // not a picture of a kind that can be read
  'picture-no-code', // a picture without a QR code
  'recovery-check', // what was typed is not on the sheet
  'recovery-missing', // there is no recovery key
  'recovery-other', // the identity is not the recovery key in use
  'recovery-absent', // the envelope is not sealed for the recovery key
  'recovery-untried', // no envelope is known to try it with
  'print-failed',
  // AWS KMS (kms.md section 4)
  'account-unknown', // the envelope names an account, or a region of one, that the user has not approved
  'account-forbidden', // an administrator of this computer allows no calls to the account, or its region
  'kms-access-denied',
  'kms-key-not-found',
  'kms-key-disabled',
  'kms-key-state', // pending deletion or import, creating, updating, unavailable
  'kms-unavailable', // a temporary fault of the service, or throttled beyond patience
  'kms-ciphertext-invalid', // damaged wrapped key or another encryption context
  'kms-key-incorrect', // the wrapped key belongs to another KMS key
  'kms-key-usage', // not a symmetric encryption key
  'kms-request-invalid', // a field the KMS refuses: alias, ARN, policy, tag
  'kms-quota',
  'kms-answer-wrong', // another key than asked, or a data key that is not 32 bytes
  'kms-offline', // no route, name or connection
  'kms-tls', // the certificate is not trusted
  'kms-endpoint-refused', // plain http beyond loopback
  'kms-region-missing',
  'credentials-missing',
  'credentials-invalid',
  'credentials-expired',
  'credentials-mfa', // a code is needed and nobody is there to give it
  // Signing in at IAM Identity Center
  'sign-in-denied', // whoever was asked in the browser said no
  'sign-in-expired', // the code was not confirmed in time
  'sign-in-invalid', // the service does not know the start URL, or not in that region
  'sign-in-page', // the page to open is not one of AWS
  'sign-in-role', // signed in, but without that account or role
  'clock-skewed',
  'kms-unexpected', // an answer this version has no sentence for; details.name has the service's word
  // Files
  'source-missing',
  'source-unreadable',
  'source-special', // a device, socket, pipe: not a file
  'source-changed', // changed while being read
  'source-too-large', // more than 2^31 segments (FORMAT.md section 1), 2 PiB
  'source-sealed', // already an envelope or a body
  'same-file', // input and output are the same file
  'name-taken',
  'name-impossible', // this system cannot hold the name
  'disk-full',
  'being-opened', // another run opens the same envelope into the same folder
  'journal-untrusted', // a line, or folder, of journals that this program did not write
  'target-missing',
  'target-unwritable',
  'disk-read-only',
  'disk-gone', // it was unplugged, or a network disk does not answer
  'disk-failing', // it cannot read or write what it should
  'file-too-large', // for the file system of the disk
  'file-busy', // another program holds it
  'too-many-open', // files that this program, or all of them, may have open
  'io-failed', // any other failure of the disk; details.errno
  // Policies of folders
  'policy-invalid', // a folder's policy cannot be used; details.problem (shared/policy.ts)
  'policy-conflict', // the policy and what was chosen exclude each other; details.conflict
  'policy-key-missing', // the policy names a key that is not known here
  'policy-key-unknown', // the policy names keys that are not the user's, and nobody agreed to them
  // Newer versions of the program
  'update-untrusted', // what the feed says is not signed by who makes the program
  'update-failed', // the feed cannot be read, or the package not loaded
  'update-busy', // not in the middle of work
  // Jobs and the program
  'nothing-to-do', // a folder without anything to seal, open or verify
  'cancelled',
  'worker-lost', // a worker thread ended unexpectedly
  'settings-invalid',
  'managed-invalid', // what an administrator has laid down cannot be believed or read; details.problem
  'usage',
  'bug', // the program did what its makers did not foresee; nothing the user did
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Facts for the sentence: plain JSON, never a key, secret or plaintext. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** An error as it crosses a thread, the IPC or `--json`. */
export type ErrorRecord = { code: ErrorCode; message: string; details: ErrorDetails };

/**
 * Bad input, a bad file or a bad day: everything that is not a bug. `message` is one English sentence for logs;
 * what a person reads is made from `code` and `details`.
 */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }

  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message, details: this.details };
  }

  static fromRecord(record: ErrorRecord): EnvelopeError {
    return new EnvelopeError(record.code, record.message, record.details);
  }
}

/** Whether `error` is an EnvelopeError, with one of `codes` if any are given. */
export function isEnvelopeError(error: unknown, ...codes: ErrorCode[]): error is EnvelopeError {
  return error instanceof EnvelopeError && (codes.length === 0 || codes.includes(error.code));
}
