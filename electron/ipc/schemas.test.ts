import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CallName, callNames, GRANT } from '../../shared/contract.ts';
import { argumentSchemas } from './schemas.ts';

const parses = (name: CallName | typeof GRANT, ...args: unknown[]): boolean =>
  argumentSchemas[name].safeParse(args).success;

const seal = {
  operation: 'seal',
  grants: ['g1'],
  choices: {
    keys: ['local:1'],
    labels: { project: 'apollo' },
    hideNames: false,
    archive: false,
    collision: 'keep-both',
    binOriginals: false,
    again: false,
  },
};
const connection = { name: 'work', credentials: { kind: 'profile', profile: 'me' }, ca: { kind: 'none' } };

/** Arguments that each call takes. */
const good: Record<CallName | typeof GRANT, unknown[]> = {
  appInfo: [],
  takeArrivals: [],
  openLink: ['help'],
  pick: ['files'],
  plan: [seal],
  start: [{ operation: 'open', grants: [], choices: { collision: 'skip', to: 'g2' } }],
  cancelBatch: ['b'],
  cancelRow: ['r'],
  retry: [['r'], { keys: ['k'] }],
  retryBatch: ['b', { to: 'g' }],
  jobs: [],
  clearHistory: [],
  showResult: ['r'],
  openResult: ['r'],
  verifyResult: ['r'],
  card: ['g'],
  canOpen: ['g'],
  locate: [{ row: 'b/1' }, 's1'],
  cancelLocate: ['s1'],
  restoreEnvelope: [{ grant: 'g' }],
  explainDenied: [{ action: 'Decrypt', key: 'alias/a', connection: 'work' }, 'open'],
  copies: [],
  changeCopies: [{ keep: true, megabytes: 256 }],
  moveCopies: ['g'],
  moveCopiesBack: [],
  cancelMoveCopies: [],
  clearCopies: [],
  startHealth: [{ grants: ['g'], deep: false, unlock: false }],
  cancelHealth: [],
  health: [],
  healthFiles: ['closed 1', 0, 200],
  showHealthFile: ['closed', 3],
  grantHealthFile: ['envelope-missing', 0],
  grantHealth: ['body-missing'],
  approveHealthKey: ['arn:aws:kms:eu-central-1:111122223333:key/a'],
  exportHealth: ['csv'],
  localKeys: [],
  kmsKeys: ['work'],
  createLocalKey: ['laptop', 'passphrase'],
  renameKey: ['k', 'laptop'],
  protectKey: ['k', 'file'],
  backUpKey: ['k', 'correct horse'],
  restoreKey: ['correct horse'],
  createKmsKey: [{ connection: 'work', alias: 'a', description: '', multiRegion: false, rotationDays: 365 }],
  recovery: [],
  makeRecoveryKey: [],
  recoverySheet: ['print'],
  activateRecoveryKey: ['q8x4'],
  cancelRecoveryKey: [],
  takeRecoveryKey: [{ typed: 'AGE-SECRET-KEY-1' }],
  forgetRecoveryKey: [],
  drillRecoveryKey: [{ picture: 'g1' }, 'g2'],
  cancelDrill: [],
  lendKey: [{ typed: '' }, undefined],
  takeBackKeys: [],
  quietRecovery: [],
  settings: [],
  changeSettings: [{ language: 'zh-CN', labels: {} }],
  saveConnection: [connection, 'old', { secretAccessKey: 's', sessionToken: 't' }],
  removeConnection: ['work'],
  clearSecret: ['work'],
  forgetPolicy: ['id'],
  forgetAccount: ['aws:111122223333'],
  profiles: [],
  testConnection: ['work', 't1', 'alias/a'],
  lookAtAccess: [['g']],
  access: [],
  planAccess: [
    { work: 'rewrap', add: ['k'], remove: ['l'], replace: [{ from: 'm', to: 'n' }], leaveUntried: false },
  ],
  startAccess: [],
  pauseAccess: ['pause'],
  cancelAccess: [],
  accessFiles: ['failed', 0, 200],
  showAccessFile: ['changed', 3],
  grantAccessFile: ['already', 0],
  proveAccess: [],
  saveAccessReport: [{ as: 'text', text: 'Report' }],
  accessLeft: [],
  resumeAccess: ['0b6d2f1c-7a3e-4a53-9a55-0d1c5b0b6a11'],
  forgetAccess: ['0b6d2f1c-7a3e-4a53-9a55-0d1c5b0b6a11'],
  waiting: [],
  updates: [],
  lookForUpdate: [],
  loadUpdate: [],
  installUpdate: [],
  addWaiting: [],
  dropWaiting: [['i']],
  signInState: ['work'],
  signIn: ['work'],
  signInDraft: [connection],
  cancelSignIn: [''],
  openSignInPage: ['work'],
  ssoAccounts: [connection],
  ssoRoles: [connection, '111122223333'],
  answerPrompt: ['p', '123456'],
  [GRANT]: [[path.resolve('/a')]],
};

describe('argumentSchemas', () => {
  it('are those of the contract and of the preload', () => {
    expect(Object.keys(argumentSchemas).sort()).toEqual([...callNames, GRANT].sort());
  });

  const names = [...callNames, GRANT] as const;
  it.each(names)('%s takes its arguments, and not one more', (name) => {
    expect(parses(name, ...good[name])).toBe(true);
    expect(parses(name, ...good[name], 'more')).toBe(false);
  });

  it.each(names.filter((name) => good[name].length > 0))('%s takes nothing else', (name) => {
    for (const wrong of [undefined, null, 7, true, ['', 7], () => {}]) {
      expect(parses(name, wrong, ...good[name].slice(1))).toBe(false);
    }
  });

  const refused: [what: string, name: CallName | typeof GRANT, args: unknown[]][] = [
    ['an unknown operation', 'start', [{ ...seal, operation: 'shred' }]],
    ['the choices of another operation', 'start', [{ ...seal, operation: 'verify' }]],
    ['a member that nobody knows', 'start', [{ ...seal, path: '/etc/passwd' }]],
    ['a path where a grant belongs', 'plan', [{ ...seal, grants: [{ path: '/' }] }]],
    ['a path of certificates', 'saveConnection', [{ ...connection, caFile: '/etc/passwd' }]],
    ['a prototype', 'changeSettings', [JSON.parse('{"__proto__":{"hideNames":true}}')]],
    ['settings that have calls of their own', 'changeSettings', [{ connections: [] }]],
    ['an id of a megabyte', 'card', ['x'.repeat(1_000_000)]],
    ['too many rows', 'retry', [Array.from({ length: 100_001 }, () => 'r')]],
    ['a name of a run that could be a path', 'forgetAccess', ['../settings']],
    ['a path to save to', 'saveAccessReport', [{ as: 'json', path: '/etc/passwd' }]],
    ['a relative path', GRANT, [['a']]],
    ['a path with a NUL', GRANT, [[`${path.resolve('/a')}\0.txt`]]],
  ];
  it.each(refused)('refuse %s', (_, name, args) => {
    expect(parses(name, ...args)).toBe(false);
  });

  it('take a member that is undefined for one that is absent', () => {
    const { data } = argumentSchemas.start.safeParse([
      { ...seal, choices: { ...seal.choices, to: undefined } },
    ]);
    expect(data).toEqual([seal]);
    expect(data?.[0].choices).not.toHaveProperty('to');
    expect(parses('saveConnection', { ...connection, region: undefined }, undefined, undefined)).toBe(true);
    expect(parses('answerPrompt', 'p', undefined)).toBe(true);
  });
});
