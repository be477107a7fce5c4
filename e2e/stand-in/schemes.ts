/**
 * @file The app's own schemes. Chromium drops a request of a scheme it does not know before DevTools sees it, so
 * `app://bundle/x` travels as `https://bundle.app.stand-in.invalid/x`. The main process only ever sees `app:`; in the
 * page, `location` shows the other form, and `'self'` is the way to say it in a policy.
 */
import { app } from './app.ts';

const DOMAIN = 'stand-in.invalid';
const INWARD = /^https:\/\/([^/:]+)\.([a-z][\w+-]*)\.stand-in\.invalid(?=[/?#]|$)/;
const OUTWARD = /^([a-z][\w+-]*):\/\/([^/?#]*)/;

/** What Chromium's DevTools is asked to pause for. */
const schemes = new Set<string>();
let isRegistered = false;

export function registerSchemesAsPrivileged(custom: readonly Electron.CustomScheme[]): void {
  if (app.isLaunched)
    throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  if (isRegistered) throw new Error('stand-in: a second registerSchemesAsPrivileged would undo the first');
  isRegistered = true;
  for (const { scheme, privileges = {} } of custom) {
    if (!privileges.standard || !privileges.secure)
      throw new Error(`stand-in: ${scheme}: must be standard and secure`);
    schemes.add(scheme);
  }
}

/** As Chromium sees it. */
export function outward(url: string): string {
  const [all, scheme, host] = OUTWARD.exec(url) ?? [];
  if (all === undefined || !schemes.has(scheme!)) return url;
  return new URL(`https://${host}.${scheme}.${DOMAIN}${url.slice(all.length)}`).href;
}

/** As the main process sees it. */
export function inward(url: string): string {
  const [all, host, scheme] = INWARD.exec(url) ?? [];
  return all === undefined || !schemes.has(scheme!) ? url : `${scheme}://${host}${url.slice(all.length)}`;
}

/** An origin as Chromium would write it; Node knows none for schemes of one's own. */
export function originOf(url: string): string {
  const { protocol, host, origin } = new URL(url);
  return schemes.has(protocol.slice(0, -1)) ? `${protocol}//${host}` : origin;
}
