/** @file Whose keys an endpoint of the user's own is asked for. */
import type { KeyPlace } from '../../../shared/trust.ts';
import type { SettingsStore } from '../../settings/store.ts';
import type { AwsConnection } from './connection.ts';
import type { KeyArn } from './key-arn.ts';

const accountOf = ({ partition, account }: Pick<KeyPlace, 'partition' | 'account'>): string =>
  `${partition}:${account}`;

/**
 * By endpoint: the accounts whose keys the user has used through it. An endpoint that a connection names is somebody's
 * machine, which learns of whatever it is asked; a key that an envelope names is no reason to ask it.
 */
export class EndpointAccounts {
  readonly #settings: Pick<SettingsStore, 'load' | 'update'>;
  /** Those written already, so that a batch writes once. */
  readonly #learnt = new Set<string>();

  constructor(settings: Pick<SettingsStore, 'load' | 'update'>) {
    this.#settings = settings;
  }

  /** The user chose a key of this account, and `connection` had it. Nothing is kept of AWS's own endpoints. */
  async learn({ settings: { endpoint } }: AwsConnection, key: KeyPlace): Promise<void> {
    if (endpoint === undefined) return;
    const account = accountOf(key);
    if (this.#learnt.has(`${endpoint} ${account}`)) return;
    await this.#settings.update((now) => {
      const before = now.endpointAccounts[endpoint] ?? [];
      if (before.includes(account)) return now;
      return { ...now, endpointAccounts: { ...now.endpointAccounts, [endpoint]: [...before, account] } };
    });
    this.#learnt.add(`${endpoint} ${account}`);
  }

  /**
   * SECURITY: of `connections`, those that a key which an envelope names may be asked of. AWS's own endpoints follow from
   * the region of the ARN. One that a connection names is asked only for accounts whose keys the user has used through
   * it; or if there is no other way at all, for then an approved account was approved with this way in view.
   */
  async allowed(connections: readonly AwsConnection[], key: KeyArn): Promise<readonly AwsConnection[]> {
    if (connections.length < 2 || connections.every(({ settings }) => settings.endpoint === undefined)) {
      return connections;
    }
    const { endpointAccounts } = await this.#settings.load();
    const account = accountOf(key);
    const allowed = connections.filter(
      ({ settings: { endpoint } }) =>
        endpoint === undefined || endpointAccounts[endpoint]?.includes(account) === true,
    );
    if (allowed.length > 0) return allowed;
    const there = connections.filter(({ settings }) => settings.region === key.region);
    return there.length === 1 ? there : [];
  }
}
