/**
 * @file Between packing and signing: the fuses, by our own @electron/fuses, since electron-builder's knows one fuse less;
 * and on macOS no plain http, which electron-builder allows whatever it is told.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type AfterPackContext, Arch } from 'electron-builder';
import plist from 'plist';
import { flip, fuses, inspectableFuses } from './fuses.ts';

/** The file in a packed program that carries the fuses. */
export function programOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') {
    return path.join(appOutDir, `${productFilename}.app`, 'Contents', 'MacOS', productFilename);
  }
  return path.join(appOutDir, electronPlatformName === 'win32' ? `${productFilename}.exe` : productFilename);
}

/** An unpacked runtime brings the app that Electron shows when it has none; a fetched one is rid of it by electron-builder. */
export async function withoutDefaultApp({ appOutDir }: Pick<AfterPackContext, 'appOutDir'>): Promise<void> {
  const files = await readdir(appOutDir, { recursive: true });
  const found = files.filter((file) => path.basename(file) === 'default_app.asar');
  await Promise.all(found.map(async (file) => await rm(path.join(appOutDir, file))));
}

/**
 * SECURITY: http only on this machine, as an update's last step on macOS needs it. What speaks with a KMS is Node, which does
 * not ask.
 */
async function forbidPlainHttp({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const file = path.join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Info.plist');
  const info = plist.parse(await readFile(file, 'utf8')) as Record<string, plist.PlistValue>;
  const transport = info['NSAppTransportSecurity'] as Record<string, plist.PlistValue>;
  await writeFile(
    file,
    plist.build({ ...info, NSAppTransportSecurity: { ...transport, NSAllowsArbitraryLoads: false } }),
  );
}

/** @param inspectable for specs only: see {@link inspectableFuses} */
export function afterPack(inspectable: boolean): (context: AfterPackContext) => Promise<void> {
  return async (context) => {
    // A universal program is put together out of two that were here before.
    if (context.arch === Arch.universal) return;
    const isMac = context.electronPlatformName === 'darwin';
    if (isMac) await forbidPlainHttp(context);
    await flip(
      programOf(context),
      inspectable ? inspectableFuses : fuses,
      isMac && context.arch === Arch.arm64,
    );
  };
}
