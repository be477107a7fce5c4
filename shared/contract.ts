/**
 * @file The IPC as one value. The main process's routes, the page's client and the test double are derived from it; a
 * name that is not here does not exist. Results cross as values, never as exceptions.
 */
import { type Call, call, type Event, event } from './call.ts';
import { accessContract } from './contract-access.ts';
import { careContract } from './contract-care.ts';
import type {
  AppInfo,
  Card,
  CanOpen,
  ConnectionKeys,
  Granted,
  JobsChange,
  KeyStoreState,
  ListedKey,
  Plan,
  Prompt,
  StartRequest,
} from './desktop.ts';
import type { Denial, RefusedBy } from './denial.ts';
import type { ErrorRecord } from './errors.ts';
import type { HalfOf } from './halves.ts';
import type { KmsConnection, KmsTestStep } from './kms.ts';
import type { ManagedView } from './managed.ts';
import type { GivenKey } from './recovery-view.ts';
import type { Settings } from './settings.ts';
import type { SignIn, SignInChange, SsoAccount } from './sign-in.ts';
import { updatesContract } from './updates.ts';

export type Result<Value> = { ok: true; value: Value } | { ok: false; error: ErrorRecord };

/** The secret half of an access key. It goes to the main process and never comes back. */
export type ConnectionSecret = { secretAccessKey: string; sessionToken?: string };

export type SettingsView = {
  settings: Settings;
  /** Names of connections whose secret is set, and whether it is kept beyond this run. */
  secrets: Readonly<Record<string, 'stored' | 'session'>>;
  keyStore: KeyStoreState;
  /** Absent on a computer that nobody manages. */
  managed?: ManagedView;
  /** Policies of folders for which keys were agreed to that are not the user's. `path`: for people to read. */
  policies: readonly { id: string; path: string; keys: readonly string[] }[];
};

/** What the page may change: the rest of the settings changes by its own calls. */
export type SettingsChange = Partial<
  Pick<
    Settings,
    | 'defaultKeys'
    | 'labels'
    | 'hideNames'
    | 'appearance'
    | 'language'
    | 'collision'
    | 'binOriginals'
    | 'offlineSealing'
    | 'lookForUpdates'
  >
>;

/** A connection as the page edits it: its file of certificates is a grant, never a path. */
export type ConnectionForm = Omit<KmsConnection, 'caFile'> & {
  ca: { kind: 'none' } | { kind: 'keep' } | { kind: 'picked'; grant: string };
};

/** What is otherwise when it is tried again. `body` and `to` (a folder) are grants. */
export type RetryChange = { keys?: string[]; body?: string; to?: string };

export type TestProgress = {
  test: string;
  step: KmsTestStep;
  outcome: { ok: true; found?: string } | { ok: false; error: ErrorRecord };
};

export type NewKmsKey = {
  connection: string;
  alias: string;
  description: string;
  multiRegion: boolean;
  rotationDays?: number;
};

/** What the system may be asked to show: pages of the web and our own documents. The main process knows where they are. */
export const linkIds = ['help', 'format', 'kms-pricing', 'aws-sign-in'] as const;
export type LinkId = (typeof linkIds)[number];

export const contract = {
  appInfo: call<[], AppInfo>(),
  /** What waits since before the page was there: files the system asked us to open. From now on `filesArrived` comes. */
  takeArrivals: call<[], Granted>(),
  openLink: call<[link: LinkId], void>(),

  /** Asks for files or a folder with the system's dialog. An empty answer: cancelled. */
  pick: call<
    [kind: 'files' | 'folder' | 'body' | 'output' | 'certificates' | 'picture' | 'envelope'],
    Granted
  >(),

  plan: call<[request: StartRequest], Plan>(),
  /** @returns the batch's id */
  start: call<[request: StartRequest], string>(),
  cancelBatch: call<[batch: string], void>(),
  cancelRow: call<[row: string], void>(),
  /** Does failed and cancelled rows again, by the same choices unless others are given. @returns the new batch's id */
  retry: call<[rows: string[], change?: RetryChange | undefined], string>(),
  /** The same for a batch that ended before it had any row. */
  retryBatch: call<[batch: string, change?: RetryChange | undefined], string>(),
  jobs: call<[], JobsChange>(),
  clearHistory: call<[], void>(),
  showResult: call<[row: string], void>(),
  openResult: call<[row: string], void>(),
  /** Verifies what a finished row has sealed. @returns the new batch's id */
  verifyResult: call<[row: string], string>(),

  card: call<[grant: string], Card>(),
  canOpen: call<[grant: string], CanOpen[]>(),
  /** Writes the envelope of a body again from its kept copy. @returns the envelope */
  restoreEnvelope: call<[half: HalfOf], Granted['grants'][number]>(),

  localKeys: call<[], ListedKey[]>(),
  kmsKeys: call<[connection: string], ConnectionKeys>(),
  createLocalKey: call<[name: string, protection: 'os' | 'passphrase' | 'file'], ListedKey>(),
  renameKey: call<[key: string, name: string], void>(),
  protectKey: call<[key: string, protection: 'os' | 'passphrase' | 'file'], void>(),
  /** Asks where to with the system's dialog. @returns the file's name, or undefined if cancelled */
  backUpKey: call<[key: string, passphrase: string], string | undefined>(),
  /** Asks which file with the system's dialog. */
  restoreKey: call<[passphrase: string], ListedKey | undefined>(),
  createKmsKey: call<[key: NewKmsKey], ListedKey>(),
  cancelDrill: call<[], void>(),
  /** Opens with the key until the program ends. `envelope`: one that it must fit. @returns its public half */
  lendKey: call<[key: GivenKey, envelope?: string | undefined], string>(),

  settings: call<[], SettingsView>(),
  changeSettings: call<[change: SettingsChange], SettingsView>(),
  /** Adds a connection, or replaces the one called `replaces`. */
  saveConnection: call<
    [connection: ConnectionForm, replaces?: string | undefined, secret?: ConnectionSecret | undefined],
    SettingsView
  >(),
  removeConnection: call<[name: string], SettingsView>(),
  clearSecret: call<[connection: string], SettingsView>(),
  forgetAccount: call<[account: string], SettingsView>(),
  /** Takes back what was agreed to for a folder's policy, by its id. */
  forgetPolicy: call<[policy: string], SettingsView>(),
  profiles: call<[], string[]>(),
  /** Runs the stepwise test; each step comes as `testProgress` with this id. */
  testConnection: call<[name: string, test: string, key?: string | undefined], void>(),

  signInState: call<[connection: string], SignIn>(),
  /** Signs in at IAM Identity Center; how it goes comes as `signInChanged`. Answers once it is over, well or not. */
  signIn: call<[connection: string], void>(),
  /** The same for what the form holds: its connection is called `DRAFT`. */
  signInDraft: call<[connection: ConnectionForm], void>(),
  cancelSignIn: call<[connection: string], void>(),
  openSignInPage: call<[connection: string], void>(),
  ssoAccounts: call<[connection: ConnectionForm], SsoAccount[]>(),
  ssoRoles: call<[connection: ConnectionForm, account: string], string[]>(),

  /** What of a refusal is denied, and by whom, as dry runs say. */
  explainDenied: call<[refused: RefusedBy, operation: 'seal' | 'open'], Denial>(),

  /** `undefined` says no. */
  answerPrompt: call<[prompt: string, answer: string | undefined], void>(),

  jobsChanged: event<JobsChange>(),
  filesArrived: event<Granted>(),
  testProgress: event<TestProgress>(),
  signInChanged: event<SignInChange>(),
  /** The question that is open now, if any. */
  promptChanged: event<Prompt | undefined>(),
  settingsChanged: event<SettingsView>(),
  ...careContract,
  ...accessContract,
  ...updatesContract,
} as const;

export type Contract = typeof contract;
export type CallName = {
  [Name in keyof Contract]: Contract[Name] extends Call<never, unknown> ? Name : never;
}[keyof Contract];
export type EventName = Exclude<keyof Contract, CallName>;

const isCallName = (name: string): name is CallName =>
  Object.entries(contract).some(([own, { kind }]) => own === name && kind === 'call');

export const callNames: readonly CallName[] = Object.keys(contract).filter(isCallName);

export function isEventName(name: unknown): name is EventName {
  return Object.entries(contract).some(([own, { kind }]) => own === name && kind === 'event');
}

/** Preload to main process: paths become grants. The only channel beside the calls; the page cannot reach it. */
export const GRANT = 'grant';

export type ArgumentsOf<Name extends CallName> =
  Contract[Name] extends Call<infer Arguments, unknown> ? Arguments : never;
export type ValueOf<Name extends CallName> = Contract[Name] extends Call<never, infer Value> ? Value : never;
export type PayloadOf<Name extends EventName> = Contract[Name] extends Event<infer Payload> ? Payload : never;

/** What the main process must answer. */
export type Routes = {
  [Name in CallName]: (...args: ArgumentsOf<Name>) => Promise<ValueOf<Name>> | ValueOf<Name>;
};

/** `window.envelope`: what the page has, and all it has. */
export type Client = {
  readonly [Name in CallName]: (...args: ArgumentsOf<Name>) => Promise<Result<ValueOf<Name>>>;
} & {
  /** Files of a drop or paste become grants; the page never learns to say a path. */
  readonly grant: (files: readonly unknown[]) => Promise<Result<Granted>>;
  /** @returns the unsubscribe */
  readonly on: <Name extends EventName>(
    name: Name,
    listener: (payload: PayloadOf<Name>) => void,
  ) => () => void;
};
