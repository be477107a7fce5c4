import type { ErrorRecord } from '../../shared/errors.ts';

/** What comes back of a thread that looks for a code in a picture. */
export type ScanAnswer = { text: string } | { error: ErrorRecord };
