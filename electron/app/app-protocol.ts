/** @file The page's own scheme. SECURITY: no `file:`, whose pages may read the disk; nothing but the page has an address. */
import { protocol, type Session } from 'electron';
import { SCHEME } from './page-address.ts';
import { answerPage, type PageFiles } from './page-files.ts';

/** Before `ready`, and once: a second call would take the place of the first. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: {
        // Relative URLs, an origin of its own.
        standard: true,
        // As good as https: else the page would count as insecure.
        secure: true,
        // As in Electron's own example; what `fetch` could do with it, the policy's `connect-src` forbids.
        supportFetchAPI: true,
        // SECURITY: all others are off, and stay off when Electron changes its mind about the defaults.
        bypassCSP: false,
        allowServiceWorkers: false,
        corsEnabled: false,
        stream: false,
        codeCache: false,
        allowExtensions: false,
      },
    },
  ]);
}

/** Serves the page in `session`, and in no other. */
export function serveApp(session: Session, files: PageFiles): void {
  session.protocol.handle(SCHEME, async (request) => await answerPage(files, request));
}
