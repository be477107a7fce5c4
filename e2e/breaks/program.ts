/** @file The window, newer versions, and the package. */
import type { Break } from './break.ts';

const manifest = 'electron/updates/manifest.ts';
const security = 'electron/app/security.ts';
const updater = 'electron/app/updater.ts';

export const programBreaks: readonly Break[] = [
  {
    what: 'a page that is not ours may call',
    file: 'electron/ipc/gate.ts',
    find: `if (!isOurPage(caller)) return refuse(channel, 'foreign');`,
    put: `if (caller.sender === undefined) return refuse(channel, 'foreign');`,
    tests: ['electron/ipc/gate.test.ts'],
  },
  {
    what: 'the page has Node',
    file: 'electron/app/window.ts',
    find: `  contextIsolation: true,`,
    put: `  contextIsolation: false,`,
    tests: ['electron/app/window.test.ts'],
  },
  {
    what: 'the page is not sandboxed',
    file: 'electron/app/window.ts',
    find: `  sandbox: true,`,
    put: `  sandbox: false,`,
    tests: ['electron/app/window.test.ts'],
  },
  {
    what: 'the policy lets the page reach the network',
    file: 'electron/app/csp.ts',
    find: `  'connect-src': "'none'",`,
    put: `  'connect-src': '*',`,
    tests: ['electron/app/csp.test.ts', 'e2e/desktop/security-walls.spec.ts'],
  },
  {
    what: 'WebRTC speaks with whom it likes',
    file: security,
    find: `  app.commandLine.appendSwitch('proxy-server', NOBODY);
  app.commandLine.appendSwitch('proxy-bypass-list', '<-loopback>');
  // SECURITY: … and what knows no proxy is not sent at all.
  app.commandLine.appendSwitch('webrtc-ip-handling-policy', NO_UDP);`,
    put: ``,
    tests: ['electron/app/security.test.ts', 'e2e/desktop/hostile.spec.ts'],
  },
  {
    what: 'downloads are saved',
    file: security,
    find: `  session.on('will-download', (event) => event.preventDefault());`,
    put: ``,
    tests: ['electron/app/security.test.ts', 'e2e/desktop/security.spec.ts'],
  },
  {
    what: 'what the page sends is logged',
    file: 'electron/ipc/gate.ts',
    find: `  const parsed = argumentSchemas[channel].safeParse(args);`,
    put: `  log(JSON.stringify(args));
  const parsed = argumentSchemas[channel].safeParse(args);`,
    tests: ['e2e/desktop/leaks.spec.ts'],
  },
  {
    what: 'anybody may sign a manifest',
    file: manifest,
    find: `if (!verify(null, signed(text), key, Buffer.from(signature.trim(), 'base64'))) {`,
    put: `if (signature === '' && key.type === 'private') {`,
    tests: ['electron/updates/manifest.test.ts', 'electron/app/signed-provider.test.ts'],
  },
  {
    what: 'a package may lie anywhere',
    file: manifest,
    find: `name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),`,
    put: `name: z.string(),`,
    tests: ['electron/updates/manifest.test.ts'],
  },
  {
    what: 'newer versions are installed in the middle of work',
    file: 'electron/updates/updates.ts',
    find: `if (this.#options.isBusy()) throw`,
    put: `if (this.#state === undefined) throw`,
    tests: ['electron/updates/updates.test.ts'],
  },
  {
    what: 'an administrator’s no to newer versions is not heard',
    file: 'electron/updates/updates.ts',
    find: `if (await this.#options.isManaged()) {`,
    put: `if (this.#state === undefined) {`,
    tests: ['electron/updates/updates.test.ts'],
  },
  {
    what: 'an older version is installed',
    file: updater,
    find: `updater.allowDowngrade = false;`,
    put: `updater.allowDowngrade = true;`,
    tests: ['electron/app/updater.test.ts'],
  },
  {
    what: 'newer versions are loaded without a click',
    file: updater,
    find: `updater.autoDownload = false;`,
    put: `updater.autoDownload = true;`,
    tests: ['electron/app/updater.test.ts'],
  },
  {
    what: 'the feed is told which installation asks',
    file: 'electron/app/signed-provider.ts',
    find: `  override setRequestHeaders(_headers: unknown): void {}
`,
    put: ``,
    tests: ['electron/app/signed-provider.test.ts'],
  },
  {
    what: 'the feed may be plain http',
    file: 'electron/updates/feed.ts',
    find: `url?.protocol === 'https:' &&`,
    put: `url !== null &&`,
    tests: ['build/package/updates.test.ts'],
  },
  {
    what: 'a dependency may be any newer version',
    file: 'package.json',
    find: `"zod": "4`,
    put: `"zod": "^4`,
    tests: ['build/package/dependencies.test.ts'],
  },
  {
    what: 'dependencies run scripts when they are installed',
    file: '.npmrc',
    find: `ignore-scripts=true`,
    put: `ignore-scripts=false`,
    tests: ['build/package/dependencies.test.ts'],
  },
  {
    what: 'the program serves as anybody’s Node',
    file: 'build/package/fuses.ts',
    find: `[FuseV1Options.RunAsNode]: false,`,
    put: `[FuseV1Options.RunAsNode]: true,`,
    tests: ['build/package/packages.test.ts'],
  },
  {
    what: 'a report of a bug names every variable of the environment',
    file: 'electron/cli.ts',
    find: `leaveOutVariables();
keepCompiled`,
    put: `keepCompiled`,
    tests: ['e2e/crashes.test.ts'],
  },
  {
    what: 'the part of such a report that is about a thread names them',
    file: 'electron/files/secluded.ts',
    find: `['--report-exclude-env']`,
    put: `[]`,
    tests: ['e2e/crashes.test.ts'],
  },
  {
    what: 'images of crashed memory are collected',
    file: 'electron/main.ts',
    find: `app.setName('Envelope');`,
    put: `app.setName('Envelope'); (await import('electron')).crashReporter.start();`,
    tests: ['electron/app/crash-reports.test.ts'],
  },
];
