import { EnvelopeError } from '../../shared/errors.ts';
import {
  isOfAccount,
  type KeyPlace,
  parseTrusted,
  type Trusted,
  trustedText,
  withoutTrusted,
} from '../../shared/trust.ts';
import type { Managed } from '../settings/managed.ts';
import type { SettingsStore } from '../settings/store.ts';
import { parseKeyArn, parseKeyName } from './aws/key-arn.ts';

/** What of a key's place is new: the number of the account, or for an account that is known its region or partition. */
export type Unfamiliar = 'account' | 'region' | 'partition';

/**
 * Asks the user whether the KMS key `arn`, which an envelope names, may be called where it is: its account in its region.
 * @returns true: now and from now on; `once`: for the work that asks; false: no
 */
export type ApproveAccount = (arn: string, unfamiliar: Unfamiliar) => Promise<boolean | 'once'>;

export type AccountsParts = {
  settings: Pick<SettingsStore, 'load' | 'update'>;
  /** Regions of the user's connections, replicas included. Asked only about an account that is named without one. */
  ownRegions?: (() => Promise<readonly string[]>) | undefined;
  /** What an administrator of this computer has laid down, if there is one. */
  managed?: (() => Promise<Managed | undefined>) | undefined;
};

/** @throws EnvelopeError `key-damaged` */
function placeOf(arn: string): KeyPlace {
  const key = parseKeyArn(arn);
  if (key === undefined) throw new EnvelopeError('key-damaged', 'not the ARN of a KMS key', { key: arn });
  return { partition: key.partition, account: key.account, region: key.region };
}

const regionsIn = (keys: readonly string[]): string[] =>
  keys.flatMap((key) => parseKeyArn(key)?.region ?? []);

/**
 * The AWS accounts and regions that may be called (FORMAT.md section 3, step 3). An envelope can name any; a call tells
 * the owner of the account who opened what and when, and leaves the region that the user's work is kept to.
 *
 * SECURITY: this is the one place that decides it, for opening, verifying, dry runs, health and rewraps alike.
 */
export class Accounts {
  readonly #parts: AccountsParts;
  /** Places found trusted so far: a batch does not read the settings for each of its files. */
  readonly #trusted = new Set<string>();
  /** One question a place at a time. */
  readonly #asking = new Map<string, Promise<boolean>>();

  constructor(parts: AccountsParts) {
    this.#parts = parts;
  }

  /**
   * Writes where `arn` is into the settings, if it is not there: the user chose to use this key.
   * @throws EnvelopeError `account-forbidden`, `managed-invalid`, `settings-invalid`
   */
  async approve(arn: string): Promise<void> {
    const place = placeOf(arn);
    if ((await this.#managedSays(place, arn)) === 'trusted') return;
    const text = trustedText(place);
    if (this.#trusted.has(text)) return;
    await this.#parts.settings.update((settings) =>
      settings.accounts.includes(text) ? settings : { ...settings, accounts: [...settings.accounts, text] },
    );
    this.#trusted.add(text);
  }

  /**
   * Returns if the account of `arn` may be called in its region.
   * @throws EnvelopeError `account-unknown` unless it is trusted already or the user says yes now; `account-forbidden` if
   *   an administrator lets nobody be asked; `key-damaged` if `arn` is none; `managed-invalid`, `settings-invalid`
   */
  async check(arn: string, ask: ApproveAccount | undefined): Promise<void> {
    const place = placeOf(arn);
    if ((await this.#managedSays(place, arn)) === 'trusted') return;
    const unfamiliar = await this.#unfamiliar(place);
    if (unfamiliar === undefined) return;
    if (ask !== undefined && (await this.#ask(place, arn, unfamiliar, ask))) return;
    const { account, partition, region } = place;
    const details = { key: arn, account: `${partition}:${account}`, region, partition, unfamiliar };
    throw new EnvelopeError('account-unknown', 'the envelope names a place that is not approved', details);
  }

  /**
   * Returns unless an administrator forbids calls to where `arn`, of a key or an alias, is. The user's own approval is not
   * asked for.
   * @throws EnvelopeError `account-forbidden`, `managed-invalid`; `kms-request-invalid` if `arn` is none
   */
  async checkManaged(arn: string): Promise<void> {
    const name = parseKeyName(arn);
    if ('region' in name) await this.#managedSays(name, arn);
  }

  /** The settings or the connections changed: what was trusted is looked up anew. */
  trustChanged(): void {
    this.#trusted.clear();
  }

  /** Takes what `text` trusts out of the settings: an envelope that names it is asked about again. */
  async forget(text: string): Promise<void> {
    await this.#parts.settings.update((now) => ({ ...now, accounts: withoutTrusted(now.accounts, text) }));
    this.trustChanged();
  }

  /** @throws EnvelopeError `account-forbidden` */
  async #managedSays(place: KeyPlace, arn: string): Promise<'trusted' | 'nothing'> {
    const managed = await this.#parts.managed?.();
    if (managed?.trust === undefined) return 'nothing';
    const { accounts, ask } = managed.trust;
    if (accounts.some((text) => covers(parseTrusted(text), place))) return 'trusted';
    if (ask) return 'nothing';
    const { account, partition, region } = place;
    const details = { key: arn, account: `${partition}:${account}`, region, path: managed.path };
    throw new EnvelopeError('account-forbidden', 'the administrator allows no calls there', details);
  }

  /** Undefined if the place is trusted. */
  async #unfamiliar(place: KeyPlace): Promise<Unfamiliar | undefined> {
    const text = trustedText(place);
    if (this.#trusted.has(text)) return undefined;
    const settings = await this.#parts.settings.load();
    const known = settings.accounts.flatMap((one) => parseTrusted(one) ?? []);
    const named = known.filter((one) => isOfAccount(one, place));
    let isTrusted = named.some((one) => covers(one, place));
    if (!isTrusted && named.some(({ region }) => region === undefined)) {
      const chosen = regionsIn([...settings.defaultKeys, ...Object.keys(settings.keyNames)]);
      isTrusted =
        chosen.includes(place.region) || ((await this.#parts.ownRegions?.()) ?? []).includes(place.region);
    }
    if (isTrusted) {
      this.#trusted.add(text);
      return undefined;
    }
    if (named.length > 0) return 'region';
    return known.some(({ account }) => account === place.account) ? 'partition' : 'account';
  }

  async #ask(place: KeyPlace, arn: string, unfamiliar: Unfamiliar, ask: ApproveAccount): Promise<boolean> {
    const text = trustedText(place);
    let asking = this.#asking.get(text);
    if (asking === undefined) {
      asking = this.#askNow(arn, unfamiliar, ask).finally(() => this.#asking.delete(text));
      this.#asking.set(text, asking);
    }
    return await asking;
  }

  async #askNow(arn: string, unfamiliar: Unfamiliar, ask: ApproveAccount): Promise<boolean> {
    const answer = await ask(arn, unfamiliar);
    if (answer === true) await this.approve(arn);
    return answer !== false;
  }
}

/** Whether `trusted` names the place itself, or every region of its account. */
function covers(trusted: Trusted | undefined, place: KeyPlace): boolean {
  if (trusted === undefined || !isOfAccount(trusted, place)) return false;
  return trusted.region === '*' || trusted.region === place.region;
}
