/** @file The keys that envelopes name: each asked by whoever can ask it, each counted. */
import type { KeyEntry } from '../../shared/envelope.ts';
import { type KeyHealth, type KeyAnswer, keyAnswers } from '../../shared/health.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import type { CallOptions } from '../keys/provider.ts';
import type { Asking, EntryAnswer, KeyAsker } from './entry-answer.ts';
import type { KmsDesk } from './kms-desk.ts';
import { KmsKey } from './kms-key.ts';
import { OfflineKey, type OfflineParts } from './offline-key.ts';

/**
 * Keys that are told apart, and asked. Whoever writes an envelope can make up keys, and a million of them must neither
 * fill the memory nor be asked about: what comes after these counts as one key that nobody asked.
 */
const MOST_KEYS = 2_000;

/** What one entry of an envelope came to. */
export type Asked = EntryAnswer & { key: KeyRecord };

/** One key, its counts, and who asks it. */
export class KeyRecord {
  readonly health: KeyHealth;
  readonly asker: KeyAsker | undefined;

  constructor(health: KeyHealth, asker: KeyAsker | undefined) {
    this.health = health;
    this.asker = asker;
  }

  /** Whether it is known to open nothing from some day on. */
  get ends(): boolean {
    const { deletion, expires } = (this.asker instanceof KmsKey && this.asker.described?.description) || {};
    return (deletion ?? expires) !== undefined;
  }

  count({ answer, error, assumed }: EntryAnswer): void {
    const { health } = this;
    health.files += 1;
    health.answers[answer] = (health.answers[answer] ?? 0) + 1;
    if (assumed === true) health.assumed += 1;
    if (error !== undefined) health.error ??= error;
  }
}

export type KeyTableParts = OfflineParts & { kms: KmsDesk };

export class KeyTable {
  readonly #parts: KeyTableParts;
  readonly #options: CallOptions;
  readonly #records = new Map<string, KeyRecord>();
  readonly #inOrder: KeyRecord[] = [];
  #others: KeyRecord | undefined;

  constructor(parts: KeyTableParts, options: CallOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  /** What every key of an envelope says, each key once, in file order. @throws EnvelopeError `cancelled` */
  async ask(entries: readonly KeyEntry[], asking: Asking): Promise<Asked[]> {
    const seen = new Set<KeyRecord>();
    const all: Asked[] = [];
    for (const entry of entries) {
      const key = this.#recordOf(entry);
      if (seen.has(key)) continue;
      seen.add(key);
      all.push({ key, ...(await this.#answer(entry, key, asking)) });
    }
    return all;
  }

  /** The key of an index that was told. */
  at(index: number): KeyHealth {
    const record = this.#inOrder[index];
    if (record === undefined) throw new Error(`there is no key ${String(index)}`);
    return record.health;
  }

  /**
   * All of them, the worst first.
   * @param ask whether a KMS may be asked for the alias of a key that has no name here
   * @throws EnvelopeError `cancelled`
   */
  async summary(nameOf: (key: string) => string | undefined, ask: boolean): Promise<KeyHealth[]> {
    for (const { health, asker } of this.#inOrder) {
      const name = nameOf(health.key) ?? (ask ? await this.#aliasOf(asker) : undefined);
      if (name !== undefined) health.name = name;
      const { state, deletion, expires } = (asker instanceof KmsKey && asker.described?.description) || {};
      if (state !== undefined) health.state = state;
      const until = deletion ?? expires;
      if (until !== undefined) health.until = until;
    }
    return this.#inOrder.map(({ health }) => health).sort(worstFirst);
  }

  async #aliasOf(asker: KeyAsker | undefined): Promise<string | undefined> {
    const described = asker instanceof KmsKey ? asker.described : undefined;
    if (described === undefined) return undefined;
    return await this.#parts.kms.aliasOf(described.description.key, described.at);
  }

  async #answer(entry: KeyEntry, { asker }: KeyRecord, asking: Asking): Promise<EntryAnswer> {
    if (entry.state === 'unknown') return { answer: 'unknown' };
    if (entry.state === 'damaged') return { answer: 'damaged' };
    return asker === undefined ? { answer: 'unasked' } : await asker.answer(entry, asking);
  }

  #recordOf(entry: KeyEntry): KeyRecord {
    const key = entry.state === 'known' ? entry.key : '';
    const id = `${entry.state === 'known' ? '' : entry.state} ${entry.provider} ${key}`;
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    if (this.#records.size >= MOST_KEYS) return (this.#others ??= this.#make('', '', undefined));
    const made = this.#make(entry.provider, key, entry.state === 'known' ? this.#askerOf(entry) : undefined);
    this.#records.set(id, made);
    return made;
  }

  #make(provider: string, key: string, asker: KeyAsker | undefined): KeyRecord {
    const { account, region } = (provider === 'aws-kms' ? parseKeyArn(key) : undefined) ?? {};
    const place = account === undefined || region === undefined ? {} : { account, region };
    const index = this.#inOrder.length;
    const counts = { files: 0, opens: 0, alone: 0, answers: {}, assumed: 0 };
    const made = new KeyRecord({ index, provider, key, ...counts, ...place }, asker);
    this.#inOrder.push(made);
    return made;
  }

  #askerOf({ provider, key }: { provider: string; key: string }): KeyAsker {
    return provider === 'aws-kms'
      ? new KmsKey(this.#parts.kms, key)
      : new OfflineKey(this.#parts, this.#options);
  }
}

/** Answers after which what hangs on the key alone may be lost. */
const final: readonly KeyAnswer[] = ['damaged', 'gone', 'deleting'];

/** By its worst answer; but what nothing hangs on is not the worst. */
function rankOf({ answers, alone }: KeyHealth): number {
  const worst = keyAnswers.findIndex((answer) => (answers[answer] ?? 0) > 0);
  const answer = keyAnswers[worst];
  return answer !== undefined && final.includes(answer) && alone > 0 ? worst - keyAnswers.length : worst;
}

function worstFirst(a: KeyHealth, b: KeyHealth): number {
  return rankOf(a) - rankOf(b) || b.alone - a.alone || b.files - a.files || a.index - b.index;
}
