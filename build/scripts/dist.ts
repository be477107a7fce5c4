/**
 * @file `npm run dist -- --linux --win --mac`: packages in `release/`, for this system if none is named. Says plainly what it
 * lacks where Electron's runtime or a tool cannot be had.
 *
 *   --dir               stop at the folder that would be packed
 *   --electron FOLDER   a runtime that is here already, unpacked
 *   --output FOLDER     instead of release/
 *   --inspectable       for specs: can be driven by Playwright, and must not be released
 *
 * ENVELOPE_UPDATE_URL and ENVELOPE_UPDATE_PUBLIC_KEY say where the program looks for newer versions and whom it believes;
 * ENVELOPE_UPDATE_SIGNING_KEY signs what is to be laid there (build/package/updates.ts). Without them it never looks.
 */
import { parseArgs } from 'node:util';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import { configuration, electronVersion, programVersion } from '../package/builder.ts';
import { lacking } from '../package/lacking.ts';
import { fetchRuntimes, type System } from '../package/runtime.ts';
import { feedOf, signingKeyOf, writeManifest } from '../package/updates.ts';

const flag = { type: 'boolean', default: false } as const;
const { values: wanted } = parseArgs({
  options: {
    linux: flag,
    win: flag,
    mac: flag,
    dir: flag,
    inspectable: flag,
    electron: { type: 'string' },
    output: { type: 'string', default: 'release' },
  },
});
if (wanted.inspectable && process.env['CSC_LINK'] !== undefined) {
  throw new Error('a program that can be inspected must not be signed');
}

/** What each needs: one program for each kind of processor. */
const systems: Readonly<
  Record<'linux' | 'win' | 'mac', { platform: Platform; runtimes: readonly System[] }>
> = {
  linux: { platform: Platform.LINUX, runtimes: [{ platform: 'linux', arch: process.arch }] },
  win: {
    platform: Platform.WINDOWS,
    runtimes: [
      { platform: 'win32', arch: 'x64' },
      { platform: 'win32', arch: 'arm64' },
    ],
  },
  mac: {
    platform: Platform.MAC,
    runtimes: [
      { platform: 'darwin', arch: 'x64' },
      { platform: 'darwin', arch: 'arm64' },
    ],
  },
};
const own = ({ linux: 'linux', win32: 'win', darwin: 'mac' } as const)[
  process.platform as System['platform']
];
const named = (['linux', 'win', 'mac'] as const).filter((name) => wanted[name]);
const chosen = named.length > 0 ? named : [own];

const feed = feedOf(process.env);
const signingKey = feed === undefined ? undefined : signingKeyOf(process.env, feed);
if (feed !== undefined && signingKey === undefined) {
  console.error('No key to sign with: what these packages look for is not written.');
}

try {
  const runtime =
    wanted.electron ??
    (await fetchRuntimes(
      electronVersion,
      chosen.flatMap((name) => systems[name].runtimes),
    ));
  await import('./bundle.ts');
  const config = configuration({
    output: path.resolve(wanted.output),
    runtime,
    inspectable: wanted.inspectable,
    feed,
  });
  const output = path.resolve(wanted.output);
  for (const system of chosen) {
    const targets = systems[system].platform.createTarget(wanted.dir ? 'dir' : undefined);
    const files = await build({ targets, config, publish: 'never' });
    if (feed !== undefined && signingKey !== undefined) {
      const release = { system, program: programVersion, released: new Date(), files, folder: output };
      files.push(...(await writeManifest(release, feed, signingKey)));
    }
    for (const file of files) console.log(path.relative('.', file));
  }
} catch (error) {
  const what = lacking(error);
  if (what === undefined) throw error;
  console.error(`No package was made: ${what}`);
  process.exitCode = 1;
}
