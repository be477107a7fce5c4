/** @file The answers of `app://bundle/`. Knows nothing of Electron. */
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { contentSecurityPolicy } from './csp.ts';
import { isOurs } from './page-address.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Stands in index.html where the nonce goes. */
const NONCE_PLACE = '__CSP_NONCE__';
/** 128 bits. */
const NONCE_BYTES = 16;

/** Files of the built page by the path of their URL: `/index.html`, `/assets/index-B3x.js`. */
export type PageFiles = ReadonlyMap<string, { file: string; type: string }>;

/**
 * Lists the built page once.
 * @throws Error if the folder is not there, or holds a file of a kind that has no content type
 */
export function listPageFiles(folder: string): PageFiles {
  const files = new Map<string, { file: string; type: string }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const type = contentTypes[path.extname(entry.name)];
    if (type === undefined) throw new Error(`the page has a file of an unknown kind: ${entry.name}`);
    files.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, { file, type });
  }
  return files;
}

/**
 * Answers one request. A path is looked up as it stands, neither decoded nor joined to anything: what is not in the
 * list, does not exist, however it is written.
 */
export async function answerPage(
  files: PageFiles,
  request: { method: string; url: string },
): Promise<Response> {
  if (request.method !== 'GET') return new Response(null, { status: 405 });
  const found = isOurs(request.url) ? files.get(new URL(request.url).pathname) : undefined;
  if (found === undefined) return new Response(null, { status: 404 });
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const bytes = await readFile(found.file);
  const body = found.type.startsWith('text/html')
    ? bytes.toString('utf8').replaceAll(NONCE_PLACE, nonce)
    : new Uint8Array(bytes);
  return new Response(body, {
    headers: {
      'Content-Type': found.type,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  });
}
