import type { IpcMainInvokeEvent } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callNames, GRANT } from '../../shared/contract.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import { channels, openGate, type Handlers } from './gate.ts';

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

let listeners: Map<string, Listener>;
let called: unknown[][];
let said: string;

/** Handlers that note what reached them; those of `own` answer. */
function open(own: Record<string, (...args: never[]) => unknown> = {}): void {
  const handlers = Object.fromEntries(
    channels.map((name) => [
      name,
      async (...args: unknown[]) => {
        called.push([name, ...args]);
        return await Reflect.apply(own[name] ?? (() => undefined), undefined, args);
      },
    ]),
  );
  openGate(
    { ipc: { handle: (name, listener) => void listeners.set(name, listener as Listener) } },
    handlers as unknown as Handlers,
  );
}

type Frame = { url: string; parent: unknown };
const main: Frame = { url: 'app://bundle/index.html', parent: null };

async function ask(
  frame: Frame | null,
  mainFrame: Frame,
  name: string,
  ...args: unknown[]
): Promise<unknown> {
  const event = { senderFrame: frame, sender: { mainFrame } } as unknown as IpcMainInvokeEvent;
  return await listeners.get(name)?.(event, ...args);
}
const askAsPage = async (name: string, ...args: unknown[]): Promise<unknown> =>
  await ask(main, main, name, ...args);

const refused = { ok: false, error: { code: 'usage', details: {} } };

beforeEach(() => {
  listeners = new Map();
  called = [];
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('openGate', () => {
  it('answers the calls of the contract, the preload, and nothing else', () => {
    open();
    expect([...listeners.keys()].sort()).toEqual([...callNames, GRANT].sort());
  });

  /** The main frame of its window: only where it is differs from ours. */
  const at = (url: string): [frame: Frame, mainFrame: Frame] => {
    const frame = { url, parent: null };
    return [frame, frame];
  };
  const inner: Frame = { url: main.url, parent: main };
  const foreign: [who: string, frame: Frame | null, mainFrame: Frame][] = [
    ['a frame that is gone', null, main],
    ['another scheme', ...at('evil://bundle/index.html')],
    ['another host', ...at('app://evil/index.html')],
    ['a host that begins like ours', ...at('app://bundle.evil/')],
    ['a page of the web', ...at('https://bundle/index.html')],
    ['a file', ...at('file:///index.html')],
    ['a page that is not there yet', ...at('')],
    ['an empty page', ...at('about:blank')],
    ['a frame in our page', inner, main],
    ['a frame in a page that says it is the main one', inner, inner],
    ['a frame that is not the main one', { ...main }, main],
  ];
  it.each(foreign)('refuses %s', async (_, frame, mainFrame) => {
    open();
    for (const name of channels) expect(await ask(frame, mainFrame, name)).toMatchObject(refused);
    expect(called).toEqual([]);
    expect(said).toContain('envelope: refused settings: foreign\n');
  });

  it('looks at the sender before anything is awaited', async () => {
    open();
    let isThere = true;
    const event = {
      get senderFrame() {
        return isThere ? main : null;
      },
      sender: { mainFrame: main },
    } as unknown as IpcMainInvokeEvent;
    const answer = listeners.get('settings')?.(event);
    isThere = false;
    expect(await answer).toMatchObject({ ok: true });
  });

  it('refuses what does not parse, and does not repeat it', async () => {
    open();
    expect(await askAsPage('card', '/etc/passwd', 'more')).toMatchObject(refused);
    expect(await askAsPage('openLink', 'https://evil.test/')).toMatchObject(refused);
    expect(called).toEqual([]);
    expect(said).toBe('envelope: refused card: malformed\nenvelope: refused openLink: malformed\n');
  });

  it('hands over the arguments and gives back the value', async () => {
    open({ cancelRow: (row: string) => `${row} is cancelled` });
    expect(await askAsPage('cancelRow', 'r1')).toEqual({ ok: true, value: 'r1 is cancelled' });
    expect(called).toEqual([['cancelRow', 'r1']]);
    expect(said).toBe('');
  });

  it('gives an error as a value, with its code and details', async () => {
    open({
      card: () => {
        throw new EnvelopeError('source-missing', 'is gone', { path: '/a' });
      },
    });
    expect(await askAsPage('card', 'g')).toEqual({
      ok: false,
      error: { code: 'source-missing', message: 'is gone', details: { path: '/a' } },
    });
    expect(said).toBe('');
  });

  it('tells the page of a bug only that there is one, and the log where', async () => {
    open({
      card: () => {
        throw new TypeError("cannot read '/home/me/tax.pdf'");
      },
    });
    expect(await askAsPage('card', 'g')).toEqual({
      ok: false,
      error: { code: 'bug', message: 'the program failed', details: {} },
    });
    expect(said).toMatch(/^envelope: bug in card: TypeError: cannot read …\n\s+at .*gate\.test\.ts:\d+/);
    expect(said).not.toContain('tax');
  });
});
