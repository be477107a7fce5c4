/** @file What electron-updater is told: never older, never unasked, of the feed alone. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const FEED = { url: 'https://updates.envelope.invalid/stable/', publicKey: 'AA==' };

type Answer = (given: { cancel: boolean }) => void;

const world = vi.hoisted(() => ({
  app: { isPackaged: true },
  feed: undefined as { url: string; publicKey: string } | undefined,
  made: [] as object[],
}));
vi.mock('electron', () => ({ app: world.app }));
vi.mock('../updates/feed.ts', () => ({ readFeed: () => Promise.resolve(world.feed) }));
vi.mock('./signed-provider.ts', () => ({ SignedProvider: 'the signed provider' }));
vi.mock('electron-updater', () => {
  class FakeUpdater {
    feed: unknown;
    proxy: unknown;
    guard: ((request: { url: string }, answer: Answer) => void) | undefined;
    logger: unknown = console;
    readonly netSession = {
      setProxy: async (proxy: unknown) => {
        this.proxy = proxy;
        await Promise.resolve();
      },
      webRequest: {
        onBeforeRequest: (guard: (request: { url: string }, answer: Answer) => void) => {
          this.guard = guard;
        },
      },
    };

    constructor() {
      world.made.push(this);
    }

    setFeedURL(feed: unknown): void {
      this.feed = feed;
    }

    on(): void {}
  }
  return { AppImageUpdater: FakeUpdater, MacUpdater: FakeUpdater, NsisUpdater: FakeUpdater };
});
const { openUpdater } = await import('./updater.ts');

const platform = Object.getOwnPropertyDescriptor(process, 'platform');
const on = (name: string): void =>
  void Object.defineProperty(process, 'platform', { ...platform, value: name });

beforeEach(() => {
  world.app.isPackaged = true;
  world.feed = FEED;
  world.made.length = 0;
  vi.stubEnv('APPIMAGE', undefined);
});
afterEach(() => {
  if (platform !== undefined) Object.defineProperty(process, 'platform', platform);
  vi.unstubAllEnvs();
});

describe('nothing updates', () => {
  it('a program that was not packaged, or has no feed', async () => {
    world.app.isPackaged = false;
    expect(await openUpdater()).toBe('no-feed');
    world.app.isPackaged = true;
    world.feed = undefined;
    expect(await openUpdater()).toBe('no-feed');
    expect(world.made).toEqual([]);
  });

  it('a package that belongs to the system’s own tools', async () => {
    on('linux');
    expect(await openUpdater()).toBe('package');
    expect(world.made).toEqual([]);
  });
});

describe.each(['linux', 'darwin', 'win32'])('on %s', (name) => {
  beforeEach(() => {
    on(name);
    if (name === 'linux') vi.stubEnv('APPIMAGE', '/opt/Envelope.AppImage');
  });

  it('electron-updater believes the signed feed, does nothing by itself, and never goes back', async () => {
    await openUpdater();
    const system = { linux: 'linux', darwin: 'mac', win32: 'win' }[name];
    expect(world.made).toMatchObject([
      {
        feed: {
          provider: 'custom',
          updateProvider: 'the signed provider',
          signed: { feed: FEED, system },
        },
        autoDownload: false,
        autoInstallOnAppQuit: false,
        allowDowngrade: false,
        disableWebInstaller: true,
        disableDifferentialDownload: true,
        logger: null,
        proxy: { mode: 'system' },
      },
    ]);
  });

  it.each([
    [`${FEED.url}updates-${name}.json`, false],
    ['https://updates.envelope.invalid/other/a', true],
    ['https://updates.envelope.invalid.evil.test/stable/a', true],
    ['http://updates.envelope.invalid/stable/a', true],
  ])('its session asks for %s: refused %s', async (url, cancel) => {
    await openUpdater();
    const [updater] = world.made as { guard: (request: { url: string }, answer: Answer) => void }[];
    const answer = vi.fn<Answer>();
    updater?.guard({ url }, answer);
    expect(answer).toHaveBeenCalledExactlyOnceWith({ cancel });
  });
});
