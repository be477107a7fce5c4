/** @file Electron's fuses: what the program's own binary can still do. Nine, each decided, none left to a default. */
import { flipFuses, type FuseConfig, FuseV1Options, FuseVersion } from '@electron/fuses';

/** SECURITY: a new Electron with a new fuse stops the build until somebody has decided it (`strictlyRequireAllFuses`). */
export const fuses = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // SECURITY: our signed program must not serve as anybody's Node. Worker threads do not need it.
  [FuseV1Options.RunAsNode]: false,
  // There are no cookies; it would make macOS ask for its keychain at the first start.
  [FuseV1Options.EnableCookieEncryption]: false,
  // SECURITY: a variable must not load code into us, nor certificates: those are a setting of a connection.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  // SECURITY: nor must a switch open a debugger on a process that holds keys.
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // SECURITY: the code is what was packaged, or the program does not start (macOS, Windows).
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  // SECURITY: and no folder beside the archive takes its place.
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  // We have no V8 snapshot of our own.
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // SECURITY: the page is served as app://; `file:` gets no more rights than in a browser.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Electron's default: WebAssembly memory is guarded by signals instead of checks.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseConfig;

/**
 * For the specs of a packaged program: Playwright drives it through Node's inspector, which a release does not have.
 * Never released: `npm run dist` refuses to combine it with a signature.
 */
export const inspectableFuses: FuseConfig = { ...fuses, [FuseV1Options.EnableNodeCliInspectArguments]: true };

/**
 * Flips them in the program at `file`. Before signing, which would not survive it.
 * @param resign unsigned programs of Apple's own processors carry a signature of their own that must be renewed
 */
export async function flip(file: string, config: FuseConfig, resign: boolean): Promise<void> {
  await flipFuses(file, { ...config, resetAdHocDarwinSignature: resign });
}
