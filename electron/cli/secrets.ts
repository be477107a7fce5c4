/** @file What only a person knows: passphrases and MFA codes. Never from an argument, which every process can read. */
import { readFile } from 'node:fs/promises';
import { EnvelopeError } from '../../shared/errors.ts';
import { errnoOf } from '../files/io-error.ts';
import type { PassphrasePurpose } from '../keys/local-protection.ts';
import { printable } from './escape.ts';
import type { Prompt } from './prompt.ts';

/** Where passphrases may come from, beside a terminal. */
export type SecretSources = {
  /** `--passphrase-file` */
  file?: string | undefined;
  /** `--new-passphrase-file`: of what is protected from now on. */
  newFile?: string | undefined;
  environment: NodeJS.ProcessEnv;
  prompt: Prompt | undefined;
};

/** How often a new passphrase may be mistyped. */
const TRIES = 3;

/** A file's text without its last line break. @throws EnvelopeError `usage` if there is none */
async function readPassphrase(file: string): Promise<string> {
  const unusable = (why: string, cause?: unknown): EnvelopeError => {
    const reason = `The passphrase file “${printable(file)}” ${why}.`;
    return new EnvelopeError('usage', 'a passphrase file that cannot be used', { reason }, cause);
  };
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    throw unusable(
      errno === 'ENOENT' ? 'does not exist' : `cannot be read (the system says ${errno})`,
      error,
    );
  });
  const passphrase = text.replace(/\r?\n$/, '');
  if (passphrase === '') throw unusable('is empty');
  return passphrase;
}

export class Secrets {
  readonly #sources: SecretSources;
  /** Taken out of the environment at once, so that no child process gets them. */
  readonly #variable: string | undefined;
  readonly #newVariable: string | undefined;
  /** What was in the files. Read once: one may be a pipe. */
  readonly #read = new Map<string, Promise<string>>();
  /** The given passphrase has opened something, so it is not the one for what is protected anew. */
  #given = false;

  constructor(sources: SecretSources) {
    const { environment } = sources;
    this.#sources = sources;
    this.#variable = environment['ENVELOPE_PASSPHRASE'];
    this.#newVariable = environment['ENVELOPE_NEW_PASSPHRASE'];
    delete environment['ENVELOPE_PASSPHRASE'];
    delete environment['ENVELOPE_NEW_PASSPHRASE'];
  }

  /** Reads the files that were given, before anything else is done. @throws EnvelopeError `usage` */
  async readFiles(): Promise<void> {
    const { file, newFile } = this.#sources;
    for (const given of [file, newFile]) if (given !== undefined) await this.#textOf(given);
  }

  /** Whether a person answers, who may mistype and be asked again. */
  get areTyped(): boolean {
    const { file, prompt } = this.#sources;
    return prompt !== undefined && file === undefined && !this.#variable;
  }

  /** The passphrase of a key. @returns undefined if there is none @throws EnvelopeError `cancelled`, `usage` */
  async forKey({ kind, name, again }: Omit<PassphrasePurpose, 'key'>): Promise<string | undefined> {
    if (kind === 'protect') return await this.fresh(`“${name}”`);
    return await this.existing(`“${name}”`, again === true ? 'That was not it. ' : '');
  }

  /** A passphrase that was set earlier. Errors as {@link forKey}. */
  async existing(what: string, before = ''): Promise<string | undefined> {
    const given = await this.#from(this.#sources.file, this.#variable);
    this.#given = given !== undefined;
    return given ?? (await this.#sources.prompt?.askHidden(`${before}Passphrase of ${printable(what)}: `));
  }

  /** A passphrase that is set now; on a terminal it is asked for twice. Errors as {@link forKey}. */
  async fresh(what: string): Promise<string | undefined> {
    const given = await this.#from(this.#sources.newFile, this.#newVariable);
    if (given !== undefined) return given;
    if (!this.#given) {
      const same = await this.#from(this.#sources.file, this.#variable);
      if (same !== undefined) return same;
    }
    const { prompt } = this.#sources;
    return prompt && (await askTwice(prompt, printable(what)));
  }

  /** The code that an MFA device shows now; `again` after one that was wrong. @throws EnvelopeError `credentials-mfa` without a terminal, `cancelled` */
  async mfaCode(serial: string, again = false): Promise<string> {
    const before = again ? 'That code was not taken. ' : '';
    const code = await this.#sources.prompt?.ask(`${before}MFA code of ${printable(serial)}: `);
    if (code === undefined) throw new EnvelopeError('credentials-mfa', 'no MFA code was given', { serial });
    return code.trim();
  }

  /** The secret of an access key. @throws EnvelopeError `credentials-missing` without a terminal, `cancelled` */
  async awsSecret(accessKeyId: string): Promise<{ secretAccessKey: string }> {
    const question = `Secret access key of ${printable(accessKeyId)}: `;
    const secretAccessKey = await this.#sources.prompt?.askHidden(question);
    if (secretAccessKey !== undefined) return { secretAccessKey };
    throw new EnvelopeError('credentials-missing', 'no secret access key was given', { accessKeyId });
  }

  async #from(file: string | undefined, variable: string | undefined): Promise<string | undefined> {
    if (file !== undefined) return await this.#textOf(file);
    return variable === '' ? undefined : variable;
  }

  async #textOf(file: string): Promise<string> {
    const reading = this.#read.get(file) ?? readPassphrase(file);
    this.#read.set(file, reading);
    return await reading;
  }
}

async function askTwice(prompt: Prompt, what: string): Promise<string | undefined> {
  let question = `New passphrase for ${what}: `;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const first = await prompt.askHidden(question);
    if (first === undefined) return undefined;
    if (first === '') {
      question = `It cannot be empty. New passphrase for ${what}: `;
      continue;
    }
    if ((await prompt.askHidden('The same again: ')) === first) return first;
    question = `These were not the same. New passphrase for ${what}: `;
  }
  return undefined;
}
