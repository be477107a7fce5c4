/**
 * @file Permissions of a page. Chromium keeps one answer for each and asks nobody in between, so both handlers are asked
 * when a document loads, and their answer is laid down for its origin. As in Electron, what nobody refuses is granted.
 */
import { browser } from './browser.ts';
import { originOf, outward } from './schemes.ts';
import type { WebContents } from './web-contents.ts';

/** Electron's name, and Chromium's. */
const PERMISSIONS = [
  ['clipboard-read', 'clipboard-read'],
  ['geolocation', 'geolocation'],
  ['idle-detection', 'idle-detection'],
  ['local-fonts', 'local-fonts'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['midi', 'midi'],
  ['notifications', 'notifications'],
  ['window-management', 'window-management'],
] as const;

type Name = (typeof PERMISSIONS)[number][0];

export async function layDownPermissions(contents: WebContents, url: string): Promise<void> {
  await Promise.all(
    PERMISSIONS.map(async ([permission, name]) => {
      const granted = isChecked(contents, permission, url) && (await isRequested(contents, permission, url));
      await browser.cdp.browser.send('Browser.setPermission', {
        permission: { name },
        setting: granted ? 'granted' : 'denied',
        origin: new URL(outward(url)).origin,
      });
    }),
  );
}

function isChecked(contents: WebContents, permission: Name, url: string): boolean {
  const check = contents.session.permissionCheckHandler;
  const details = { isMainFrame: true, requestingUrl: url, securityOrigin: originOf(url) };
  return check?.(contents as never, permission, originOf(url), details) ?? true;
}

async function isRequested(contents: WebContents, permission: Name, url: string): Promise<boolean> {
  const request = contents.session.permissionRequestHandler;
  if (!request) return true;
  return await new Promise((answer) =>
    request(contents as never, permission, answer, { isMainFrame: true, requestingUrl: url }),
  );
}
