/** @file The window with a recovery key's sheet. SECURITY: it shows a secret, so nothing can get out of it but paper. */
import { randomBytes, randomUUID } from 'node:crypto';
import { BrowserWindow, session, type WebPreferences } from 'electron';
import { EnvelopeError } from '../../shared/errors.ts';
import type { SheetWindow, ShownDocument } from '../ipc/services.ts';
import { SCHEME } from './page-address.ts';
import { safePreferences } from './window.ts';

const ADDRESS = `${SCHEME}://bundle/sheet`;

/** As wide as A4, as high as Letter, in inches: it comes out whole on either, in its own size. */
const PAPER = { width: 8.27, height: 11 };

/** What Electron calls a dialog that the user closed. */
const CANCELLED = /cancel/i;

/** SECURITY: nothing but the sheet's own style: no script, no picture, no address. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Answers for the one document, and for nothing else. */
function answer({ html }: ShownDocument, { url, method }: { url: string; method: string }): Response {
  if (url !== ADDRESS || method !== 'GET') return new Response(null, { status: 404 });
  const nonce = randomBytes(16).toString('base64');
  return new Response(html(nonce), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': policy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  });
}

/** Opens it above `parent`, with which it closes. */
export async function openSheetWindow(parent: BrowserWindow, shown: ShownDocument): Promise<SheetWindow> {
  // In memory, and of this window alone. What no page may do (security.ts), it may not either.
  const own = session.fromPartition(`sheet-${randomUUID()}`, { cache: false });
  own.protocol.handle(SCHEME, (request) => answer(shown, request));
  const webPreferences: WebPreferences = {
    ...safePreferences(own),
    // SECURITY: no script runs in it, and without a preload there is nobody to talk to.
    javascript: false,
    // SECURITY: not even for developers.
    devTools: false,
  };
  const window = new BrowserWindow({
    parent,
    width: 820,
    height: 900,
    minWidth: 400,
    minHeight: 300,
    show: false,
    title: shown.title,
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences,
  });
  // SECURITY: other programs get no picture of it, where the system can keep them from it.
  window.setContentProtection(true);
  await window.loadURL(ADDRESS);
  if (!window.isDestroyed()) window.show();
  return faceOf(window);
}

function faceOf(window: BrowserWindow): SheetWindow {
  return {
    get closed() {
      return window.isDestroyed();
    },
    show: () => {
      window.show();
      window.focus();
    },
    print: async () => await print(window),
    toPdf: async () => await window.webContents.printToPDF({ pageSize: PAPER }),
    close: () => {
      if (!window.isDestroyed()) window.destroy();
    },
  };
}

async function print({ webContents }: BrowserWindow): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<{ success: boolean; reason: string }>();
  webContents.print({ usePrinterDefaultPageSize: true }, (success, reason) => {
    resolve({ success, reason });
  });
  const { success, reason } = await promise;
  if (success) return true;
  if (CANCELLED.test(reason)) return false;
  throw new EnvelopeError('print-failed', 'the sheet was not printed', { reason });
}
