/** @file What the user has set, as data. Never a secret: those live in key files and the system's key store. */
import { type CopiesSettings, defaultCopies } from './copies.ts';
import type { Labels } from './envelope.ts';
import type { KmsConnection } from './kms.ts';
import { noRecovery, type RecoverySettings } from './recovery.ts';

/** What to do where the name of a result is taken. */
export type Collision = 'keep-both' | 'replace' | 'skip';
/** `contrast`: as the system wants it, with more of it. */
export type Appearance = 'system' | 'light' | 'dark' | 'contrast';
export type Language = 'system' | 'en' | 'zh-CN';

/** Whether files are sealed with a key of this computer while a chosen KMS key cannot be reached. */
export type OfflineSealing = 'ask' | 'always' | 'never';

export type Settings = {
  version: 1;
  /** Keys that seal when none is chosen, as they stand in an envelope. None: the key of this computer. */
  defaultKeys: readonly string[];
  /** Labels for every envelope (FORMAT.md section 2, `context`). */
  labels: Labels;
  hideNames: boolean;
  /** Where the name of a result is taken. */
  collision: Collision;
  /** Move originals to the bin after the sealed pair was read back and verified. */
  binOriginals: boolean;
  appearance: Appearance;
  language: Language;
  /** What this computer calls keys that carry no name themselves: age recipients, KMS keys. By key. */
  keyNames: Readonly<Record<string, string>>;
  connections: readonly KmsConnection[];
  /** AWS accounts that may be called when an envelope names them, and in which regions: texts of trust.ts. */
  accounts: readonly string[];
  /** Copies of envelopes; {@link copiesOf} says what holds where nothing is set. */
  copies?: CopiesSettings | undefined;
  /** By a connection's own endpoint: the accounts, `partition:account`, whose keys the user has used through it. */
  endpointAccounts: Readonly<Record<string, readonly string[]>>;
  recovery: RecoverySettings;
  offlineSealing: OfflineSealing;
  /** Whether the window looks for newer versions by itself, once a day, where there is a place to look at. */
  lookForUpdates: boolean;
  /** By the file of a folder's policy: keys it names that are not the user's own, but were agreed to for it. */
  policyKeys: Readonly<Record<string, readonly string[]>>;
};

/** How copies of envelopes are kept. */
export const copiesOf = ({ copies }: Pick<Settings, 'copies'>): CopiesSettings => copies ?? defaultCopies;

export const defaultSettings: Settings = {
  version: 1,
  defaultKeys: [],
  labels: {},
  hideNames: false,
  collision: 'keep-both',
  binOriginals: false,
  appearance: 'system',
  language: 'system',
  keyNames: {},
  connections: [],
  accounts: [],
  endpointAccounts: {},
  recovery: noRecovery,
  offlineSealing: 'ask',
  lookForUpdates: true,
  policyKeys: {},
};
