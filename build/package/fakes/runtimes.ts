/**
 * @file Folders that look to electron-builder like Electron's runtimes. On Linux the program in it is our stand-in, so what
 * is packaged runs; those for macOS and Windows only have the shape, for what is written into them to be read back.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import plist from 'plist';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { electronVersion } from '../builder.ts';
import { fuseWire } from './fuse-wire.ts';

const standIn = path.resolve(import.meta.dirname, '../../../e2e/stand-in/boot.ts');

function write(file: string, content: string | Buffer, mode = 0o644): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, { mode });
}

function writeCommon(folder: string): void {
  write(path.join(folder, 'version'), electronVersion);
  write(path.join(folder, 'LICENSE'), 'the licence of Electron');
  write(path.join(folder, 'LICENSES.chromium.html'), 'the licences of Chromium');
}

/** The shell never gets to the fuses: `exec` has replaced it. */
const program = (): Buffer =>
  Buffer.concat([
    Buffer.from(
      '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\n' +
        'STANDIN_PROGRAM="$here/$(basename "$0")" ' +
        `exec "\${STANDIN_NODE:-node}" --disable-warning=ExperimentalWarning '${standIn}' "$@"\n# `,
    ),
    fuseWire(),
    Buffer.from('\n'),
  ]);

/** @param folder a new folder */
export function linuxRuntime(folder: string): string {
  writeCommon(folder);
  write(path.join(folder, 'electron'), program(), 0o755);
  write(path.join(folder, 'chrome-sandbox'), '', 0o755);
  write(path.join(folder, 'resources/default_app.asar'), '');
  write(path.join(folder, 'locales/en-US.pak'), '');
  return folder;
}

/** @param folder a new folder */
export function windowsRuntime(folder: string): string {
  writeCommon(folder);
  const exe = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(exe);
  const info = Resource.VersionInfo.createEmpty();
  info.lang = 1033;
  info.setFileVersion(45, 0, 0, 0, info.lang);
  info.setStringValues(
    { lang: 1033, codepage: 1200 },
    { ProductName: 'Electron', FileDescription: 'Electron' },
  );
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(exe);
  write(path.join(folder, 'electron.exe'), Buffer.concat([Buffer.from(exe.generate()), fuseWire()]), 0o755);
  write(path.join(folder, 'locales/en-US.pak'), '');
  write(path.join(folder, 'resources/default_app.asar'), '');
  return folder;
}

const bundle = (name: string, identifier: string) =>
  plist.build({
    CFBundleExecutable: name,
    CFBundleIdentifier: identifier,
    CFBundleName: name,
    CFBundleDisplayName: name,
    CFBundlePackageType: 'APPL',
    CFBundleShortVersionString: electronVersion,
    CFBundleVersion: electronVersion,
  });

/** @param folder a new folder */
export function macRuntime(folder: string): string {
  writeCommon(folder);
  const contents = path.join(folder, 'Electron.app/Contents');
  write(path.join(contents, 'Info.plist'), bundle('Electron', 'com.github.Electron'));
  write(path.join(contents, 'MacOS/Electron'), fuseWire(), 0o755);
  write(path.join(contents, 'PkgInfo'), 'APPL????');
  write(path.join(contents, 'Resources/electron.icns'), '');
  const framework = path.join(contents, 'Frameworks/Electron Framework.framework');
  write(path.join(framework, 'Electron Framework'), fuseWire(), 0o755);
  mkdirSync(path.join(framework, 'Resources'), { recursive: true });
  mkdirSync(path.join(framework, 'Versions/A/Resources'), { recursive: true });
  for (const kind of ['', ' (Renderer)', ' (GPU)', ' (Plugin)']) {
    const name = `Electron Helper${kind}`;
    const helper = path.join(contents, `Frameworks/${name}.app/Contents`);
    write(path.join(helper, 'Info.plist'), bundle(name, 'com.github.Electron.helper'));
    write(path.join(helper, `MacOS/${name}`), '', 0o755);
  }
  return folder;
}
