import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerPage, listPageFiles, type PageFiles } from './page-files.ts';

let folder: string;
let files: PageFiles;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'envelope-page-'));
  const page = path.join(folder, 'renderer');
  await mkdir(path.join(page, 'assets'), { recursive: true });
  await writeFile(path.join(folder, 'secret.js'), 'secret');
  await writeFile(path.join(page, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__" />');
  await writeFile(path.join(page, 'assets', 'index-1.js'), 'let page;');
  await writeFile(path.join(page, 'assets', 'inter.woff2'), Uint8Array.of(0, 255, 128));
  files = listPageFiles(page);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const get = async (url: string, method = 'GET'): Promise<Response> =>
  await answerPage(files, { method, url });

describe('answerPage', () => {
  const absent = [
    'app://bundle/../secret.js',
    'app://bundle/..%2fsecret.js',
    'app://bundle/..%2Fsecret.js',
    'app://bundle/%2e%2e/secret.js',
    'app://bundle/%2e%2e%2fsecret.js',
    'app://bundle/..%5csecret.js',
    'app://bundle/..\\secret.js',
    'app://bundle/assets/..%2f..%2fsecret.js',
    'app://bundle//etc/passwd',
    'app://bundle/%2fetc%2fpasswd',
    'app://bundle/index.html%00.js',
    'app://bundle/INDEX.HTML',
    'app://bundle/assets',
    'app://bundle/assets/',
    'app://bundle/',
    'app://bundle',
    'app://evil/index.html',
    'app://bundle.evil/index.html',
    'evil://bundle/index.html',
    'file:///index.html',
    'nothing',
  ];
  it.each(absent)('has no %s', async (url) => {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it.each(['POST', 'HEAD', 'PUT', 'OPTIONS', 'get'])('refuses %s', async (method) => {
    expect((await get('app://bundle/index.html', method)).status).toBe(405);
  });

  it('gives every answer a nonce of its own, the same in policy and page', async () => {
    const seen = new Set<string>();
    for (let n = 0; n < 3; n++) {
      const response = await get('app://bundle/index.html');
      const nonce = /content="([^"]+)"/.exec(await response.text())?.[1] ?? '';
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      expect(response.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
      seen.add(nonce);
    }
    expect(seen.size).toBe(3);
  });

  it('says what each file is, and that nobody should guess', async () => {
    const script = await get('app://bundle/assets/index-1.js?v#x');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await script.text()).toBe('let page;');
    const font = await get('app://bundle/assets/inter.woff2');
    expect(new Uint8Array(await font.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 128));
  });
});

describe('listPageFiles', () => {
  it('refuses a page that was not built, or holds what no page needs', async () => {
    expect(() => listPageFiles(path.join(folder, 'nowhere'))).toThrow('ENOENT');
    await writeFile(path.join(folder, 'renderer', 'run.exe'), '');
    expect(() => listPageFiles(path.join(folder, 'renderer'))).toThrow('run.exe');
  });
});
