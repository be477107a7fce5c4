/**
 * What can be proven of packages without Electron's runtime: their layout, what is in them, what is written into the
 * program. The runtimes are fakes (fakes/runtimes.ts); that a package runs, the packaged specs say (npm test).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import plist from 'plist';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needBundle } from './fakes/bundle.ts';
import { make, type Made } from './fakes/make.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const made: Partial<Record<'linux' | 'mac' | 'win', Made>> = {};

beforeAll(async () => {
  needBundle();
  // The command line keeps what was compiled of it in the same folder: packages are made without that.
  execFileSync(process.execPath, [path.join(repository, 'out/cli.js'), '--help']);
  made.linux = await make('linux', existsSync('/usr/bin/dpkg-deb') ? 'deb' : 'dir');
  made.mac = await make('mac', 'dir');
  made.win = await make('win', 'dir');
}, 300_000);
afterAll(() => {
  for (const one of Object.values(made)) one[Symbol.dispose]();
});

const programs = {
  linux: 'linux-unpacked/envelope-desktop',
  mac: 'mac/Envelope.app/Contents/MacOS/Envelope',
  win: 'win-unpacked/Envelope.exe',
} as const;
const resources = {
  linux: 'linux-unpacked/resources',
  mac: 'mac/Envelope.app/Contents/Resources',
  win: 'win-unpacked/resources',
} as const;
/** Written out once more, so that no decision of fuses.ts is changed unnoticed. */
const decided = {
  RunAsNode: false,
  EnableCookieEncryption: false,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
};
const systems = ['linux', 'mac', 'win'] as const;
const inPackage = (system: (typeof systems)[number], ...names: string[]): string =>
  path.join(made[system]!.folder, ...names);

describe.each(systems)('a package for %s', (system) => {
  it('has every fuse as it was decided', async () => {
    const wire = await getCurrentFuseWire(inPackage(system, programs[system]));
    const all = Object.values(FuseV1Options).filter((value) => typeof value === 'number');
    expect(Object.fromEntries(all.map((fuse) => [FuseV1Options[fuse], wire[fuse]]))).toEqual(
      Object.fromEntries(
        Object.entries(decided).map(([name, on]) => [name, on ? FuseState.ENABLE : FuseState.DISABLE]),
      ),
    );
  });

  it('holds bundled code and nothing else', () => {
    const files = listPackage(inPackage(system, resources[system], 'app.asar'), { isPack: false });
    const own = /^\/(?:renderer(?:\/.*)?|preload\.cjs|package\.json|opener\.py|[A-Za-z0-9_-]+\.js)$/;
    expect(files.map((file) => file.replaceAll('\\', '/')).filter((file) => !own.test(file))).toEqual([]);
    for (const file of ['/main.js', '/preload.cjs', '/worker.js', '/renderer/index.html']) {
      expect(files).toContain(file);
    }
    expect(files).not.toContain('/cli.js');
    expect(existsSync(inPackage(system, resources[system], 'app.asar.unpacked'))).toBe(false);
  });

  it('brings its documents, its licences and its bill of materials beside the archive', () => {
    expect(readdirSync(inPackage(system, resources[system], 'documents')).toSorted()).toEqual([
      'FORMAT.html',
      'LICENSE.txt',
      'LICENSES.txt',
      'README.html',
      'SECURITY.html',
      'pictures',
      'sbom.cdx.json',
    ]);
  });
});

describe('the bundled command line', () => {
  it('keeps what was compiled of it beside itself, and in no package', () => {
    expect(readdirSync(path.join(repository, 'out/.compiled'))).not.toEqual([]);
    for (const system of systems) {
      const files = listPackage(inPackage(system, resources[system], 'app.asar'), { isPack: false });
      expect(files.filter((file) => file.includes('.compiled'))).toEqual([]);
    }
  });
});

describe('packages made of the same bundles', () => {
  it('have the same archive to the byte, whatever they are made for and when', () => {
    const sums = systems.map((system) =>
      createHash('sha256')
        .update(readFileSync(inPackage(system, resources[system], 'app.asar')))
        .digest('hex'),
    );
    expect(new Set(sums).size).toBe(1);
  });
});

describe('a package for macOS', () => {
  const info = () =>
    plist.parse(readFileSync(inPackage('mac', 'mac/Envelope.app/Contents/Info.plist'), 'utf8')) as Record<
      string,
      unknown
    >;

  it('owns .envelope, offers itself for .enc and for anything else, and declares its types', () => {
    const types = info().CFBundleDocumentTypes as Record<string, unknown>[];
    expect(types.map((type) => [type.LSItemContentTypes, type.LSHandlerRank])).toEqual([
      [['app.envelope.envelope'], 'Owner'],
      [['app.envelope.body'], 'Alternate'],
      [['public.data', 'public.folder'], 'Alternate'],
    ]);
    const declared = info().UTExportedTypeDeclarations as Record<string, unknown>[];
    expect(declared.map(({ UTTypeIdentifier: id }) => id)).toEqual([
      'app.envelope.envelope',
      'app.envelope.body',
    ]);
    expect(existsSync(inPackage('mac', resources.mac, 'document.icns'))).toBe(true);
  });

  it('allows plain http only on this machine, and seals the archive', () => {
    const transport = info().NSAppTransportSecurity as Record<string, unknown>;
    expect(transport.NSAllowsArbitraryLoads).toBe(false);
    expect(Object.keys(transport.NSExceptionDomains as object).toSorted()).toEqual([
      '127.0.0.1',
      'localhost',
    ]);
    expect(Object.keys(info().ElectronAsarIntegrity as object)).toEqual(['Resources/app.asar']);
  });
});

describe.runIf(existsSync('/usr/bin/dpkg-deb'))('an rpm', () => {
  type Told = {
    options: Record<string, string>;
    depends: string[];
    files: string[];
    afterInstall: string;
  };
  const told = (): Told =>
    JSON.parse(
      readFileSync(
        made.linux!.files.find((file) => file.endsWith('.rpm'))!,
        'utf8',
      ),
    ) as Told;

  it('is made of the same files as the deb: program, kinds of files, icons of every size, menus', () => {
    const { files } = told();
    const wanted = [
      'opt/Envelope/envelope-desktop',
      'opt/Envelope/resources/app.asar',
      'usr/share/applications/app.envelope.Envelope.desktop',
      'usr/share/mime/packages/envelope-desktop.xml',
      'usr/share/kio/servicemenus/seal-with-envelope.desktop',
      'usr/share/nautilus-python/extensions/seal_with_envelope.py',
      ...[16, 24, 32, 48, 64, 128, 256, 512].flatMap((size) =>
        [
          'mimetypes/application-x-envelope',
          'mimetypes/application-x-envelope-body',
          'apps/envelope-desktop',
        ].map((icon) => `usr/share/icons/hicolor/${size}x${size}/${icon}.png`),
      ),
    ];
    expect(wanted.filter((file) => !files.includes(file))).toEqual([]);
  });

  it('is named, described and set up', () => {
    const { options, depends, afterInstall } = told();
    expect(options).toMatchObject({ name: 'envelope', license: 'MIT', 'rpm-os': 'linux' });
    expect(depends.length).toBeGreaterThan(0);
    for (const word of ['update-mime-database', 'update-desktop-database', 'apparmor'])
      expect(afterInstall).toContain(word);
  });
});

describe.runIf(existsSync('/usr/bin/dpkg-deb'))('a deb', () => {
  const unpacked = mkdtempSync(path.join(tmpdir(), 'envelope-deb-'));
  const read = (file: string): string => readFileSync(path.join(unpacked, file), 'utf8');
  beforeAll(() => {
    execFileSync('dpkg-deb', ['-R', made.linux!.files.find((file) => file.endsWith('.deb'))!, unpacked]);
  });
  afterAll(() => rmSync(unpacked, { recursive: true }));

  it('has a desktop entry of the name that Electron is told, for our kinds of files, with the sandbox', () => {
    const entry = read('usr/share/applications/app.envelope.Envelope.desktop');
    const { desktopName } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
      desktopName: string;
    };
    expect(desktopName).toBe('app.envelope.Envelope.desktop');
    expect(entry).toContain('Exec=/opt/Envelope/envelope-desktop %U\n');
    expect(entry).toContain('MimeType=application/x-envelope;application/x-envelope-body;');
    expect(entry).not.toContain('no-sandbox');
  });

  it('tells the system our kinds of files, each with an icon in every size', () => {
    const mime = read('usr/share/mime/packages/envelope-desktop.xml');
    expect(mime).toContain('<glob pattern="*.envelope"/>');
    for (const size of [16, 48, 256]) {
      for (const kind of ['x-envelope', 'x-envelope-body']) {
        const icon = `usr/share/icons/hicolor/${size}x${size}/mimetypes/application-${kind}.png`;
        expect(existsSync(path.join(unpacked, icon))).toBe(true);
      }
    }
  });

  it('adds “Seal with Envelope” to file managers', () => {
    expect(read('usr/share/kio/servicemenus/seal-with-envelope.desktop')).toContain(
      'Exec=envelope-desktop -- %F',
    );
    expect(read('usr/share/nautilus-python/extensions/seal_with_envelope.py')).toContain(
      'Seal with Envelope',
    );
  });

  it('sets up databases and an AppArmor profile when it is installed', () => {
    const script = read('DEBIAN/postinst');
    for (const word of ['update-mime-database', 'update-desktop-database', 'apparmor'])
      expect(script).toContain(word);
  });
});
