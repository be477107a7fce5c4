/** @file The one Chromium that shows the windows. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cdp } from './cdp.ts';
import { CHROMIUM_PLACES, findChromium, guarded } from './chromium.ts';
import { chromiumSwitches } from './switches.ts';

export const isHeaded = process.env.STANDIN_HEADED === '1';

/** With `--app`, Chromium shows a window without tabs, but only for a page of http; it is led elsewhere at once. */
const HEADED = ['--app=http://stand-in.invalid/', '--test-type', '--window-position=40,30'];
const HEADLESS = ['--headless=new', '--no-startup-window'];
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--remote-debugging-port=0',
];

/** Chromium's last writes may come after its end is seen. */
const LATE_WRITES = { recursive: true, force: true, maxRetries: 5, retryDelay: 50 } as const;
const GRACE_MS = 2_000;

class Browser {
  #cdp: Cdp | undefined;
  #process: ChildProcess | undefined;

  get cdp(): Cdp {
    if (!this.#cdp) throw new Error('stand-in: Chromium is not running yet');
    return this.#cdp;
  }

  /** @returns the address of its DevTools, and its version */
  async start(size: string): Promise<{ url: string; version: string }> {
    const program = findChromium();
    if (program === undefined)
      throw new Error(`stand-in: no Chromium at any of ${CHROMIUM_PLACES.join(', ')}`);
    const profile = mkdtempSync(path.join(tmpdir(), 'stand-in-'));
    const mode = isHeaded ? [...HEADED, `--window-size=${size}`] : HEADLESS;
    // Chromium refuses to sandbox what root starts.
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const [command, ...before] = guarded(program);
    const args = [
      ...before,
      ...mode,
      ...QUIET,
      ...sandbox,
      `--user-data-dir=${profile}`,
      ...chromiumSwitches(),
    ];
    // Without a UTF-8 locale Chromium does not know the names of dropped files.
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    const chromium = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = chromium;
    process.on('exit', () => {
      chromium.kill('SIGKILL');
      rmSync(profile, LATE_WRITES);
    });
    const url = await devToolsOf(chromium);
    this.#cdp = await Cdp.connect(url);
    const { product } = await this.#cdp.browser.send('Browser.getVersion');
    return { url, version: product.split('/')[1] ?? '' };
  }

  /** Asks Chromium to end, and makes it end if it does not. */
  async end(): Promise<void> {
    const chromium = this.#process;
    if (!chromium || chromium.exitCode !== null || chromium.signalCode !== null) return;
    const ended = once(chromium, 'exit');
    const late = setTimeout(() => chromium.kill('SIGKILL'), GRACE_MS);
    if (this.#cdp) this.#cdp.browser.send('Browser.close').catch(() => chromium.kill('SIGKILL'));
    else chromium.kill('SIGTERM');
    await ended;
    clearTimeout(late);
  }
}

async function devToolsOf(chromium: ChildProcess): Promise<string> {
  let said = '';
  return await new Promise((resolve, reject) => {
    chromium.on('error', reject);
    chromium.on('exit', (code) => reject(new Error(`stand-in: Chromium ended (${code})\n${said}`)));
    chromium.stderr?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      const url = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

export const browser = new Browser();
