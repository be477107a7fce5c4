import { EnvelopeError } from '../../shared/errors.ts';
import type { SettingsStore } from '../settings/store.ts';
import { parseKeyArn } from './aws/key-arn.ts';

/** Asks the user whether the account of the KMS key `arn`, which an envelope names, may be called. */
export type ApproveAccount = (arn: string) => Promise<boolean>;

/** `partition:account` of a key ARN, as the settings name it. */
function accountOf(arn: string): string {
  const key = parseKeyArn(arn);
  if (key === undefined) throw new EnvelopeError('key-damaged', 'not the ARN of a KMS key', { key: arn });
  return `${key.partition}:${key.account}`;
}

/**
 * The AWS accounts that may be called (FORMAT.md section 3, step 3). An envelope can name any account; a call to a
 * stranger's tells the stranger who opened what, and when.
 */
export class Accounts {
  readonly #settings: Pick<SettingsStore, 'load' | 'update'>;
  /** Those found in the settings so far: a batch does not read the file for each of its files. */
  readonly #approved = new Set<string>();
  /** One question an account at a time. */
  readonly #asking = new Map<string, Promise<boolean>>();

  constructor(settings: Pick<SettingsStore, 'load' | 'update'>) {
    this.#settings = settings;
  }

  /** Writes the account of `arn` into the settings, if it is not there: the user chose to use a key of it. */
  async approve(arn: string): Promise<void> {
    const account = accountOf(arn);
    if (await this.#isApproved(account)) return;
    await this.#settings.update((settings) =>
      settings.accounts.includes(account)
        ? settings
        : { ...settings, accounts: [...settings.accounts, account] },
    );
    this.#approved.add(account);
  }

  /**
   * Returns if the account of `arn` may be called; a yes is kept in the settings.
   * @throws EnvelopeError `account-unknown` unless the settings name it or the user says yes now; `key-damaged` if
   *   `arn` is none
   */
  async check(arn: string, ask: ApproveAccount | undefined): Promise<void> {
    const account = accountOf(arn);
    if (await this.#isApproved(account)) return;
    if (ask !== undefined && (await this.#ask(account, arn, ask))) return;
    throw new EnvelopeError('account-unknown', 'the envelope names an account that is not approved', {
      key: arn,
      account,
    });
  }

  /** It is approved no longer, as soon as the settings do not name it. `account`: `partition:account`. */
  forget(account: string): void {
    this.#approved.delete(account);
  }

  async #isApproved(account: string): Promise<boolean> {
    if (this.#approved.has(account)) return true;
    const { accounts } = await this.#settings.load();
    for (const approved of accounts) this.#approved.add(approved);
    return this.#approved.has(account);
  }

  async #ask(account: string, arn: string, ask: ApproveAccount): Promise<boolean> {
    let asking = this.#asking.get(account);
    if (asking === undefined) {
      asking = this.#askNow(arn, ask).finally(() => this.#asking.delete(account));
      this.#asking.set(account, asking);
    }
    return await asking;
  }

  async #askNow(arn: string, ask: ApproveAccount): Promise<boolean> {
    const yes = await ask(arn);
    if (yes) await this.approve(arn);
    return yes;
  }
}
