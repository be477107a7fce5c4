/** @file Where the window's work comes together: settings, secrets, keys and connections of this user. */
import type { KeyStoreState } from '../../shared/desktop.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { KmsConnection } from '../../shared/kms.ts';
import { Copies } from '../copies/copies.ts';
import { trustedText } from '../../shared/trust.ts';
import { recoveryName } from '../../shared/recovery.ts';
import { AskingKeyring } from '../jobs/asking-keyring.ts';
import type { NameOf } from '../jobs/deed.ts';
import type { Need, Prompts } from '../jobs/prompts.ts';
import { Sessions } from '../jobs/sessions.ts';
import type { ApproveAccount } from '../keys/accounts.ts';
import { AgeKeys } from '../keys/age.ts';
import type { Prompts as AwsPrompts } from '../keys/aws/connection.ts';
import { parseKeyArn } from '../keys/aws/key-arn.ts';
import { LocalKeys } from '../keys/local.ts';
import type { PassphrasePurpose } from '../keys/local-protection.ts';
import { LocalStore } from '../keys/local-store.ts';
import { threadedPassphrases } from '../keys/passphrase-thread.ts';
import { ManagedStore } from '../settings/managed.ts';
import type { Places } from '../settings/places.ts';
import type { SafeStorage } from '../settings/safe-storage.ts';
import { ConnectionSecrets } from '../settings/secrets.ts';
import { SettingsStore } from '../settings/store.ts';
import { WaitingList } from '../waiting/waiting-list.ts';
import { Connections } from './connections.ts';
import { OsKeyStore, keyStoreState } from './key-store.ts';

export type HomeOptions = {
  places: Places;
  storage: SafeStorage;
  prompts: Prompts;
  platform?: string;
  /** For tests: log2 of scrypt's N. */
  scryptWork?: number;
  /** Called after each change of the settings: work that runs changes them too, by what the user answers. */
  onSettings?: () => void;
  /** For tests: in place of what an administrator has laid down. */
  managed?: ManagedStore;
};

const wantsKms = ({ keys = [] }: Need): boolean => keys.some(({ provider }) => provider === 'aws-kms');

export class Home implements Disposable {
  readonly places: Places;
  readonly prompts: Prompts;
  readonly keyStore: KeyStoreState;
  readonly settings: SettingsStore;
  readonly managed: ManagedStore;
  readonly secrets: ConnectionSecrets;
  readonly local: LocalStore;
  /** With the identities that were entered in this run. */
  readonly age = new AgeKeys();
  readonly copies: Copies;
  readonly waiting: WaitingList;
  readonly connections: Connections;
  readonly keyring: AskingKeyring;
  readonly sessions: Sessions;
  /** By key ARN: what a KMS calls it, as last listed. */
  readonly aliases = new Map<string, string>();
  readonly scryptWork: number | undefined;
  /** Called when the list of envelopes that wait for a key has changed. */
  onWaiting: () => void = () => {};
  #protectedAnew = false;
  /** By key; those that were looked up last. */
  readonly #localNames = new Map<string, string>();

  private constructor(options: HomeOptions, keyStore: KeyStoreState) {
    const { places, storage, prompts, scryptWork } = options;
    this.places = places;
    this.managed = options.managed ?? new ManagedStore();
    this.prompts = prompts;
    this.scryptWork = scryptWork;
    this.keyStore = keyStore;
    this.settings = new SettingsStore(places.settingsFile, options.onSettings);
    this.copies = new Copies(this.settings, places);
    this.waiting = new WaitingList(places.waitingFolder, () => this.onWaiting());
    const real = keyStore.kind === 'real';
    this.secrets = new ConnectionSecrets(places.secretsFile, real ? storage : undefined);
    this.local = new LocalStore(places.keysFolder, {
      askPassphrase: async (purpose) => await this.#askPassphrase(purpose),
      askAgain: true,
      passphrases: threadedPassphrases,
      scryptWork,
      keyStore: real ? new OsKeyStore(storage, keyStore.name, () => this.#protectAnew()) : undefined,
    });
    this.connections = new Connections(
      this.settings,
      (connection) => this.#promptsOf(connection),
      async (arn) => {
        await this.keyring.checkManaged(arn);
      },
    );
    this.keyring = new AskingKeyring(
      {
        local: new LocalKeys(this.local),
        localStore: this.local,
        age: this.age,
        aws: async () => await Promise.resolve(this.connections),
        settings: this.settings,
        managed: async () => await this.managed.load(),
        ownRegions: async () => await this.connections.regions(),
      },
      prompts,
    );
    this.sessions = new Sessions(prompts, {
      reset: (connection) => this.connections.reset(connection),
      renew: async (connection) => await this.connections.renew(connection),
      signsIn: async (connection) => await this.connections.signsIn(connection),
    });
  }

  /** To be called once Electron is ready. */
  static async open(options: HomeOptions): Promise<Home> {
    const { storage, platform = process.platform } = options;
    return new Home(options, await keyStoreState(storage, platform));
  }

  /** What this computer calls its keys, looked up now. Local keys that come later have their name when they are here. */
  async names(): Promise<NameOf> {
    const { keyNames, recovery } = await this.settings.load();
    const { keys } = await this.local.list();
    const names = new Map([...this.aliases, ...Object.entries(keyNames)]);
    for (const { key, name } of keys) if (name !== undefined) this.#localNames.set(key, name);
    return (key) => this.#localNames.get(key) ?? names.get(key) ?? recoveryName(key, recovery) ?? key;
  }

  /** Before something new that may ask: an earlier no was about something else. */
  forgiveRefusals(): void {
    this.prompts.forgive();
    this.local.forgetRefusals();
  }

  /** SECURITY: asks whether a KMS key, which an envelope names, may be called in its account and region. */
  readonly approveAccount: ApproveAccount = async (arn, unfamiliar) => {
    const key = parseKeyArn(arn);
    if (key === undefined) return false;
    const { partition, account, region } = key;
    const place = trustedText(key);
    if (this.prompts.remembered.has(place)) return 'once';
    const endpoint = await this.connections.endpointFor(key);
    const answer = await this.prompts.ask(
      {
        kind: 'account',
        account,
        partition,
        region,
        key: arn,
        unfamiliar,
        ...(endpoint === undefined ? {} : { endpoint }),
      },
      ({ keys = [] }) => keys.some((one) => placeTextOf(one.key) === place),
    );
    if (answer === undefined) return false;
    if (answer === 'always') return true;
    this.prompts.remembered.add(place);
    return 'once';
  };

  [Symbol.dispose](): void {
    this.prompts.close();
    this.connections[Symbol.dispose]();
    this.local[Symbol.dispose]();
  }

  async #askPassphrase({ kind, key, name, again = false }: PassphrasePurpose): Promise<string | undefined> {
    return await this.prompts.ask(
      { kind: 'passphrase', purpose: kind, keyName: name, again },
      ({ keys = [] }) => keys.some((one) => one.key === key),
    );
  }

  #promptsOf({ name }: KmsConnection): AwsPrompts {
    return {
      mfaCode: async (serial, again) => await this.#askCode(serial, again),
      secretKey: async (accessKeyId) => {
        const secret = await this.secrets.get(name, accessKeyId);
        if (secret !== undefined) return secret;
        throw new EnvelopeError('credentials-missing', 'the secret of this access key is not known', {
          connection: name,
          accessKeyId,
        });
      },
    };
  }

  async #askCode(serial: string, again: boolean): Promise<string> {
    const code = await this.prompts.ask({ kind: 'mfa', serial, again }, wantsKms);
    if (code === undefined) {
      throw new EnvelopeError('credentials-mfa', 'no MFA code was given', { serial, refused: true });
    }
    return code.trim();
  }

  /** The system's key is newer than what it protected: every master it keeps is given to it again. */
  #protectAnew(): void {
    if (this.#protectedAnew) return;
    this.#protectedAnew = true;
    void (async () => {
      const { keys } = await this.local.list();
      for (const { key, protection } of keys) {
        // One that cannot be opened now stays as it is.
        if (protection === 'os') await this.local.changeProtection(key, 'os').catch(() => {});
      }
    })();
  }
}

const placeTextOf = (key: string): string | undefined => {
  const arn = parseKeyArn(key);
  return arn === undefined ? undefined : trustedText(arn);
};
