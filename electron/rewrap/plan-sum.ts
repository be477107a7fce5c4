import type { Envelope } from '../../shared/envelope.ts';
import { type ErrorCode, isEnvelopeError } from '../../shared/errors.ts';
import type { AccessWork, FoundKey, Impossible, KmsCalls, RewrapPlan } from '../../shared/rewrap.ts';
import { isKnown } from '../envelope/entries.ts';
import { trustedText } from '../../shared/trust.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import type { Keyring } from '../keys/keyring.ts';
import { addCalls, noCalls } from './calls.ts';
import type { PlannedFile } from './plan.ts';

/** Distinct keys that are counted: whoever writes envelopes could else fill the memory. */
const KEYS_COUNTED = 10_000;
const KEYS_TOLD = 100;
const FIRST_TOLD = 20;

/** Bodies that are told apart: by 8 bytes of their salt, a million of them takes some 60 MB. */
const streamId = ({ header }: Envelope): string => header.stream.slice(4, 15);

/** Adds up a plan. */
export class PlanSum {
  readonly #plan: RewrapPlan;
  readonly #keyring: Keyring;
  readonly #keys = new Map<string, FoundKey>();
  readonly #impossible = new Map<ErrorCode, Impossible>();
  readonly #streams = new Set<string>();
  /** By account and region, as shared/trust.ts writes them: whether the user will be asked. */
  readonly #asked = new Map<string, boolean>();
  #moreKeys = 0;

  constructor(work: AccessWork, keyring: Keyring) {
    this.#keyring = keyring;
    this.#plan = {
      work,
      envelopes: 0,
      changing: 0,
      already: 0,
      inside: 0,
      impossible: [],
      calls: noCalls(),
      keys: [],
      moreKeys: 0,
      lockedOut: 0,
      unreadable: 0,
      accounts: [],
      sharing: 0,
      bytes: 0,
    };
  }

  get envelopes(): number {
    return this.#plan.envelopes;
  }

  /** An envelope was read. */
  see(envelope: Envelope): void {
    const id = streamId(envelope);
    if (this.#streams.has(id)) this.#plan.sharing += 1;
    this.#streams.add(id);
    this.#plan.unreadable += envelope.keys.filter((entry) => !isKnown(entry)).length;
    const known = new Map(envelope.keys.filter(isKnown).map((entry) => [entry.key, entry.provider]));
    for (const [key, provider] of known) this.#count(provider, key);
  }

  add({ path, how, calls, error }: PlannedFile): void {
    // An empty folder is told, and is no envelope.
    if (error?.code !== 'nothing-to-do') this.#plan.envelopes += 1;
    if (how === 'nothing') this.#plan.already += 1;
    else if (error !== undefined) this.#refuse(path, error.toRecord());
    else {
      this.#plan.changing += 1;
      if (how === 'inside') this.#plan.inside += 1;
      addCalls(this.#plan.calls, calls);
    }
  }

  addBytes(bytes: number): void {
    this.#plan.bytes += bytes;
  }

  /** Another envelope beside the selection belongs to a body in it. */
  share(): void {
    this.#plan.sharing += 1;
  }

  lockOut(): void {
    this.#plan.lockedOut += 1;
  }

  /** Notes accounts that nobody approved, of entries that the KMS would be asked to open. */
  async foreseeAccounts({ keys }: Envelope, calls: KmsCalls): Promise<void> {
    if (calls.Decrypt + calls.ReEncrypt === 0) return;
    for (const entry of keys) {
      if (isKnown(entry) && entry.provider === 'aws-kms') await this.#foreseeAccount(entry.key);
    }
  }

  async finish(): Promise<RewrapPlan> {
    const byCount = [...this.#keys.values()].sort((a, b) => b.envelopes - a.envelopes);
    const told = byCount.slice(0, KEYS_TOLD);
    for (const key of told) {
      const name = await this.#keyring.nameOf(key);
      if (name !== undefined) key.name = name;
    }
    return {
      ...this.#plan,
      keys: told,
      moreKeys: byCount.length - told.length + this.#moreKeys,
      impossible: [...this.#impossible.values()].sort((a, b) => b.count - a.count),
      accounts: [...this.#asked].filter(([, asks]) => asks).map(([text]) => text),
    };
  }

  #count(provider: string, key: string): void {
    const found = this.#keys.get(key);
    if (found !== undefined) found.envelopes += 1;
    else if (this.#keys.size < KEYS_COUNTED) this.#keys.set(key, { provider, key, envelopes: 1 });
    else this.#moreKeys += 1;
  }

  #refuse(path: string, error: Impossible['first'][number]['error']): void {
    const known = this.#impossible.get(error.code) ?? { code: error.code, count: 0, first: [] };
    this.#impossible.set(error.code, known);
    known.count += 1;
    if (known.first.length < FIRST_TOLD) known.first.push({ path, error });
  }

  async #foreseeAccount(arn: string): Promise<void> {
    const place = parseKeyArn(arn);
    if (place === undefined) return;
    const text = trustedText(place);
    if (this.#asked.has(text)) return;
    try {
      await this.#keyring.checkAccount(arn);
      this.#asked.set(text, false);
    } catch (error) {
      if (!isEnvelopeError(error, 'account-unknown', 'account-forbidden')) throw error;
      this.#asked.set(text, error.code === 'account-unknown');
    }
  }
}
