/** @file What the page itself has of the stand-in: the values that the preload exposes, and no way to open a window. */
import type { BridgeEnd } from './bridge-end.ts';

export function startMainWorld(bridge: BridgeEnd): void {
  bridge.heard = (about, [name, value]) => {
    if (about !== 'expose') return;
    Object.defineProperty(window, String(name), { value: frozen(value), enumerable: true });
  };
  refuseWindows((url, disposition) => bridge.tell('open', url, disposition));
}

/** Electron freezes what it exposes, all the way down. */
export function frozen(value: unknown): unknown {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
  if (ArrayBuffer.isView(value)) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

/**
 * Chromium makes a new window before anyone outside can refuse it, so the page's ways to open one are taken over here:
 * nothing opens, and the main process is told what was wanted.
 */
export function refuseWindows(wanted: (url: string, disposition: string) => void): void {
  window.open = (url = 'about:blank') => {
    wanted(new URL(String(url), document.baseURI).href, 'new-window');
    return null;
  };
  const clicked = (event: MouseEvent): void => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    if (!link?.href || event.defaultPrevented) return;
    const aside = event.button === 1 || event.ctrlKey || event.metaKey;
    if (!aside && !event.shiftKey && (link.target === '' || link.target === '_self')) return;
    event.preventDefault();
    wanted(link.href, aside ? 'background-tab' : event.shiftKey ? 'new-window' : 'foreground-tab');
  };
  window.addEventListener('click', clicked);
  window.addEventListener('auxclick', clicked);
  window.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.target === '' || form.target === '_self') return;
    event.preventDefault();
    wanted(form.action, 'foreground-tab');
  });
}
