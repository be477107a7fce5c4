import path from 'node:path';
import type { Session } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const program = vi.hoisted(() => ({
  isPackaged: false,
  windows: [] as { options: Record<string, unknown>; shown: boolean; reloads: number }[],
}));
vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class BrowserWindow extends EventEmitter {
    readonly options: Record<string, unknown>;
    readonly webContents = Object.assign(new EventEmitter(), { reload: () => void (this.reloads += 1) });
    reloads = 0;
    shown = false;

    constructor(options: Record<string, unknown>) {
      super();
      this.options = options;
      program.windows.push(this);
    }

    show(): void {
      this.shown = true;
    }

    maximize(): void {
      this.emit('maximized');
    }
  }
  return {
    app: {
      get isPackaged() {
        return program.isPackaged;
      },
    },
    BrowserWindow,
    nativeTheme: Object.assign(new EventEmitter(), { shouldUseDarkColors: false }),
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
  };
});
const { makeWindow } = await import('./window.ts');

const session = { name: 'its own' } as unknown as Session;
const preload = path.join(import.meta.dirname, 'preload.cjs');

beforeEach(() => {
  program.windows.length = 0;
  program.isPackaged = false;
});

describe('the window', () => {
  it('has these preferences, each written out, and no other', () => {
    makeWindow(session, {});
    expect(program.windows[0]?.options['webPreferences']).toEqual({
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      devTools: true,
      spellcheck: false,
      webgl: false,
      backgroundThrottling: true,
    });
  });

  it('has no tools for developers once it is packaged', () => {
    program.isPackaged = true;
    makeWindow(session, {});
    expect(program.windows[0]?.options['webPreferences']).toMatchObject({ devTools: false });
  });

  it('is shown when there is something to see', () => {
    const window = makeWindow(session, {});
    expect(program.windows[0]).toMatchObject({ options: { show: false }, shown: false });
    window.emit('ready-to-show');
    expect(program.windows[0]?.shown).toBe(true);
  });

  it('brings its page back after a crash, and after a second one does not', () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const window = makeWindow(session, {});
    const gone = (): boolean => window.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    gone();
    gone();
    expect(program.windows[0]?.reloads).toBe(1);
    vi.restoreAllMocks();
  });

  it('opens where it was, if that is still on a screen', () => {
    const bounds = { x: 40, y: 60, width: 900, height: 600 };
    makeWindow(session, { bounds });
    makeWindow(session, { bounds: { ...bounds, x: 5_000 } });
    expect(program.windows[0]?.options).toMatchObject(bounds);
    expect(program.windows[1]?.options).not.toHaveProperty('x');
  });
});
