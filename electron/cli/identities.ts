/** @file Identities of age as they are given to a command: in files, on the standard input, or typed from a sheet. */
import { EnvelopeError, isEnvelopeError } from '../../shared/errors.ts';
import { readIdentityText } from '../../shared/identity-text.ts';
import { type AgeIdentity, identityOf, readIdentities } from '../keys/age-identity.ts';
import { explain } from './explain.ts';
import type { Session } from './session.ts';

/** Stands for the standard input, or for who sits before it. */
const INPUT = '-';
const MAX_BYTES = 65_536;
/** How often a key may be mistyped. */
const TRIES = 5;

/**
 * The identities of `files`; `-` is the standard input, and on a terminal a person types one.
 * @throws EnvelopeError `key-damaged`, `source-missing` and the like of a file; `identity-mistyped`, `cancelled`
 */
export async function givenIdentities(session: Session, files: readonly string[]): Promise<AgeIdentity[]> {
  const identities: AgeIdentity[] = [];
  for (const file of files) {
    if (file === INPUT) identities.push(await typedIdentity(session));
    else identities.push(...(await readIdentities(file)));
  }
  return identities;
}

/** One identity, typed as it stands on a sheet. Errors as {@link givenIdentities}. */
export async function typedIdentity({ prompt, screen }: Session): Promise<AgeIdentity> {
  if (prompt === undefined) return await identityOf(await readInput());
  for (let tries = 1; ; tries += 1) {
    try {
      return await identityOf(await typedText((question) => prompt.askErased(question)));
    } catch (error) {
      if (!isEnvelopeError(error, 'identity-mistyped') || tries === TRIES) throw error;
      for (const line of explain(error)) screen.warn(line);
    }
  }
}

/** Row by row, as the sheet has it: what is only begun goes on with the next line. */
async function typedText(ask: (question: string) => Promise<string | undefined>): Promise<string> {
  let text = '';
  let question = 'Recovery key, as on the sheet: ';
  for (;;) {
    const line = await ask(question);
    if (line === undefined) throw new EnvelopeError('cancelled', 'no key was given');
    text += `${line}\n`;
    const read = readIdentityText(text);
    if (line.trim() === '' || !('mistake' in read)) return text;
    // One character that is missing is a mistake; more may be still to come.
    if (read.mistake.kind !== 'short' || read.mistake.by === 1) return text;
    question = `… and the other ${read.mistake.by} characters: `;
  }
}

/** @throws EnvelopeError `key-damaged` for more than 64 KiB */
async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of process.stdin) {
      const bytes = Buffer.from(chunk);
      chunks.push(bytes);
      length += bytes.length;
      if (length > MAX_BYTES) throw new EnvelopeError('key-damaged', 'longer than an identity can be');
    }
    return Buffer.concat(chunks).toString('utf8');
  } finally {
    for (const chunk of chunks) chunk.fill(0);
  }
}
