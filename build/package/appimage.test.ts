/**
 * What is in an AppImage, and how it starts the program: made with electron-builder's own layout and Debian's mksquashfs,
 * for the tools that electron-builder fetches cannot be had everywhere. Where mksquashfs is missing it says that it was not run.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needBundle } from './fakes/bundle.ts';
import { APPIMAGE_RUNTIME, make, MKSQUASHFS } from './fakes/make.ts';

const isHere = process.platform === 'linux' && existsSync(MKSQUASHFS);

it('an AppImage can be made here, or it is said that nothing below was run', () => {
  console.log(
    isHere ? 'AppImage: run' : 'AppImage: NOT RUN: there is no mksquashfs (Debian: squashfs-tools)',
  );
  expect([isHere, process.env['ENVELOPE_REQUIRE_APPIMAGE']]).not.toEqual([false, '1']);
});

describe.runIf(isHere)('an AppImage', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'envelope-appimage-'));
  const app = path.join(root, 'app');
  const read = (file: string): string => readFileSync(path.join(app, file), 'utf8');
  let image = '';
  let begins = '';

  beforeAll(async () => {
    needBundle();
    using made = await make('linux', 'AppImage');
    const file = made.files.find((name) => name.endsWith('.AppImage'))!;
    image = path.basename(file);
    begins = readFileSync(file).subarray(0, APPIMAGE_RUNTIME.length).toString();
    const offset = String(APPIMAGE_RUNTIME.length);
    execFileSync('unsquashfs', ['-no-progress', '-o', offset, '-d', app, file], { stdio: 'ignore' });
  }, 300_000);
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('holds the program, its archive and its documents, as the other packages do', () => {
    expect(begins).toBe(APPIMAGE_RUNTIME);
    expect(image).toMatch(/^Envelope-\d+\.\d+\.\d+-linux-\w+\.AppImage$/);
    const files = readdirSync(app, { recursive: true, encoding: 'utf8' });
    const wanted = [
      'AppRun',
      'app.envelope.Envelope.desktop',
      'envelope-desktop',
      'resources/app.asar',
      'usr/share/mime/packages/envelope-desktop.xml',
      ...[16, 24, 32, 48, 64, 128, 256, 512].map(
        (size) => `usr/share/icons/hicolor/${size}x${size}/apps/envelope-desktop.png`,
      ),
    ];
    expect(wanted.filter((file) => !files.includes(file))).toEqual([]);
    expect(readlinkSync(path.join(app, '.DirIcon'))).toBe(
      'usr/share/icons/hicolor/1024x1024/apps/envelope-desktop.png',
    );
  });

  it('has a desktop entry of the name that Electron is told, for our kinds of files, with the sandbox', () => {
    const entry = read('app.envelope.Envelope.desktop');
    expect(entry).toContain('Exec=AppRun %U\n');
    expect(entry).toContain('MimeType=application/x-envelope;application/x-envelope-body;');
    expect(entry).not.toContain('no-sandbox');
    expect(read('usr/share/mime/packages/envelope-desktop.xml')).toContain('<glob pattern="*.envelope"/>');
  });

  /** What AppRun starts the program with, on a system that lets programs have user namespaces, or does not. */
  function startedWith(namespaces: 'allowed' | 'forbidden', ...args: string[]): string[] {
    const bin = mkdtempSync(path.join(root, 'bin-'));
    writeFileSync(path.join(bin, 'unshare'), `#!/bin/sh\nexit ${namespaces === 'allowed' ? 0 : 1}\n`);
    chmodSync(path.join(bin, 'unshare'), 0o755);
    writeFileSync(path.join(app, 'envelope-desktop'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const env = { PATH: `${bin}:/usr/bin:/bin` };
    // AppRun puts the program's own folder in front.
    const ran = spawnSync('bash', [path.join(app, 'AppRun'), ...args], { env, encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    return ran.stdout.split('\n').filter((word) => word !== '');
  }

  it('starts the program in the sandbox, with the files it was given', () => {
    expect(startedWith('allowed', '/a file.envelope')).toEqual(['/a file.envelope']);
    expect(startedWith('allowed')).toEqual([]);
  });

  it('gives the sandbox up only where the system lets programs have none, which the program then says', () => {
    expect(startedWith('forbidden', '/a file.envelope')).toEqual(['--no-sandbox', '/a file.envelope']);
  });
});
