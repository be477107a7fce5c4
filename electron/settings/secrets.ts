/**
 * @file The secret halves of access keys. They come from the page and go to AWS's SDK, and nowhere else: not into the
 * settings, not into errors, never back to the page.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ConnectionSecret } from '../../shared/contract.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import { writeWhole } from '../files/atomic.ts';
import { inTurn } from '../files/in-turn.ts';
import { ioErrors } from '../files/io-error.ts';
import { makePrivateFolder } from './places.ts';
import type { SafeStorage } from './safe-storage.ts';

/** By connection: base64 of what the key store made of a {@link Kept}. */
const fileSchema = z.strictObject({ version: z.literal(1), secrets: z.record(z.string(), z.base64()) });

/** The access key it belongs to stands with it: a secret is never sent for another one. */
const keptSchema = z.strictObject({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.exactOptional(z.string()),
});
type Kept = z.infer<typeof keptSchema>;

export class ConnectionSecrets {
  readonly #file: string;
  readonly #storage: SafeStorage | undefined;
  readonly #session = new Map<string, Kept>();

  /** `storage`: undefined where the system has no key store worth the name; then secrets live as long as the program. */
  constructor(file: string, storage: SafeStorage | undefined) {
    this.#file = file;
    this.#storage = storage;
  }

  /** The connections whose secret is set, and whether it is kept beyond this run. */
  async states(): Promise<Record<string, 'stored' | 'session'>> {
    const stored = this.#storage === undefined ? {} : await this.#load();
    const states: Record<string, 'stored' | 'session'> = {};
    for (const name of Object.keys(stored)) states[name] = 'stored';
    for (const name of this.#session.keys()) states[name] ??= 'session';
    return states;
  }

  /** @throws EnvelopeError `target-unwritable`, `disk-full`: then it is set for this run all the same */
  async set(connection: string, accessKeyId: string, secret: ConnectionSecret): Promise<void> {
    const kept: Kept = { accessKeyId, ...secret };
    this.#session.set(connection, kept);
    await this.#store(connection, kept);
  }

  /** @returns undefined if none is set for that access key, or the key store does not give it back */
  async get(connection: string, accessKeyId: string): Promise<ConnectionSecret | undefined> {
    const kept = this.#session.get(connection) ?? (await this.#open(connection));
    if (kept?.accessKeyId !== accessKeyId) return undefined;
    const { secretAccessKey, sessionToken } = kept;
    return { secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }

  async clear(connection: string): Promise<void> {
    this.#session.delete(connection);
    const { [connection]: stored, ...others } = await this.#load();
    if (stored !== undefined) await this.#change(() => others);
  }

  /** For a connection that is called otherwise from now on. */
  async rename(from: string, to: string): Promise<void> {
    const kept = this.#session.get(from);
    this.#session.delete(from);
    if (kept !== undefined) this.#session.set(to, kept);
    const { [from]: stored, ...others } = await this.#load();
    if (stored !== undefined) await this.#change(() => ({ ...others, [to]: stored }));
  }

  async #store(connection: string, kept: Kept): Promise<void> {
    const storage = this.#storage;
    if (storage === undefined) return;
    const sealed = await storage.encryptStringAsync(JSON.stringify(kept));
    await this.#change((secrets) => ({ ...secrets, [connection]: sealed.toString('base64') }));
  }

  async #open(connection: string): Promise<Kept | undefined> {
    const storage = this.#storage;
    const sealed = (await this.#load())[connection];
    if (storage === undefined || sealed === undefined) return undefined;
    try {
      const { result, shouldReEncrypt } = await storage.decryptStringAsync(Buffer.from(sealed, 'base64'));
      const kept = keptSchema.parse(JSON.parse(result));
      this.#session.set(connection, kept);
      if (shouldReEncrypt) await this.#store(connection, kept);
      return kept;
    } catch {
      // Without the cause: its message may quote the secret. Whoever needs it hears that it is missing.
      return undefined;
    }
  }

  /** What cannot be read is as good as not there: each secret can be typed again. */
  async #load(): Promise<Readonly<Record<string, string>>> {
    try {
      const text = await ioErrors('source', this.#file, async () => await readFile(this.#file, 'utf8'));
      return fileSchema.parse(JSON.parse(text)).secrets;
    } catch (error) {
      if (isEnvelopeError(error) || error instanceof SyntaxError || error instanceof z.ZodError) return {};
      throw error;
    }
  }

  async #change(
    change: (secrets: Readonly<Record<string, string>>) => Record<string, string>,
  ): Promise<void> {
    await inTurn(this.#file, async () => {
      await makePrivateFolder(path.dirname(this.#file));
      const secrets = change(await this.#load());
      await writeWhole(this.#file, `${JSON.stringify({ version: 1, secrets })}\n`, { mode: 0o600 });
    });
  }
}
