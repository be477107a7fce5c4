/** @file Every line of security.ts, one by one: the specs (e2e/desktop) see only that one of several walls holds. */
import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const program = vi.hoisted(() => ({
  app: {} as EventEmitter & { isPackaged: boolean },
  calls: [] as string[],
}));
vi.mock('electron', () => ({
  get app() {
    return program.app;
  },
}));
const { installSecurity } = await import('./security.ts');

type Answer = (value: unknown) => void;
type Handlers = Record<string, (...args: never[]) => unknown>;

/** A session that keeps what is set on it. */
class FakeSession extends EventEmitter {
  readonly handlers: Handlers = {};
  readonly webRequest = {
    onBeforeRequest: (listener: (details: { url: string }, answer: Answer) => void): void =>
      this.#keep('onBeforeRequest', listener),
  };
  readonly setPermissionRequestHandler = (handler: Handlers[string]): void => this.#keep('request', handler);
  readonly setPermissionCheckHandler = (handler: Handlers[string]): void => this.#keep('check', handler);
  readonly setDevicePermissionHandler = (handler: Handlers[string]): void => this.#keep('device', handler);
  checksSpelling = true;

  setSpellCheckerEnabled(enabled: boolean): void {
    this.checksSpelling = enabled;
  }

  #keep(name: string, handler: (...args: never[]) => unknown): void {
    this.handlers[name] = handler;
  }
}

class FakeContents extends EventEmitter {
  webRtcPolicy = 'default';
  openHandler: (() => unknown) | undefined;

  setWindowOpenHandler(handler: () => unknown): void {
    this.openHandler = handler;
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }
}

let session: FakeSession;
let contents: FakeContents;

function begin(isPackaged = false): void {
  program.calls = [];
  program.app = Object.assign(new EventEmitter(), {
    isPackaged,
    enableSandbox: () => void program.calls.push('enableSandbox'),
    commandLine: {
      appendSwitch: (name: string, value: string) => void program.calls.push(`${name}=${value}`),
    },
  });
  installSecurity();
  session = new FakeSession();
  contents = new FakeContents();
  program.app.emit('session-created', session);
  program.app.emit('web-contents-created', {}, contents);
}

beforeEach(() => {
  begin();
});

const isPrevented = (of: EventEmitter, name: string): boolean => {
  const event = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) };
  of.emit(name, event, 'https://evil.test/');
  return event.defaultPrevented;
};

/** What `onBeforeRequest` says of a URL. */
const isCancelled = (url: string): unknown => {
  let response: unknown;
  const answer: Answer = (given) => (response = given);
  Reflect.apply(session.handlers['onBeforeRequest'] ?? (() => {}), undefined, [{ url }, answer]);
  return (response as { cancel: boolean } | undefined)?.cancel;
};

describe('what every page is denied', () => {
  it('the system: its process is sandboxed', () => {
    expect(program.calls).toContain('enableSandbox');
  });

  it('every permission that it asks for', () => {
    const answer = vi.fn<Answer>();
    Reflect.apply(session.handlers['request'] ?? (() => {}), undefined, [contents, 'media', answer]);
    expect(answer.mock.calls).toEqual([[false]]);
  });

  it.each(['check', 'device'])('every permission that is only looked up: %s', (handler) => {
    expect(Reflect.apply(session.handlers[handler] ?? (() => true), undefined, [null, 'hid'])).toBe(false);
  });

  it.each([
    'https://evil.test/',
    'http://127.0.0.1/',
    'ws://evil.test/',
    'file:///etc/passwd',
    'app://evil/index.html',
    'devtools-evil://devtools/',
    'not a url',
  ])('the network: %s', (url) => {
    expect(isCancelled(url)).toBe(true);
  });

  it('not its own files; the tools for developers are served while it is not packaged', () => {
    expect(isCancelled('app://bundle/index.html')).toBe(false);
    expect(isCancelled('devtools://devtools/bundled/inspector.html')).toBe(false);
    begin(true);
    expect(isCancelled('devtools://devtools/bundled/inspector.html')).toBe(true);
    expect(isCancelled('app://bundle/index.html')).toBe(false);
  });

  it('what is no request: a proxy that nobody is takes it, and what knows no proxy is not sent', () => {
    expect(program.calls).toEqual(
      expect.arrayContaining([
        'proxy-server=http://127.0.0.1:1',
        'proxy-bypass-list=<-loopback>',
        'webrtc-ip-handling-policy=disable_non_proxied_udp',
      ]),
    );
    expect(contents.webRtcPolicy).toBe('disable_non_proxied_udp');
  });

  it('dictionaries from the network', () => {
    expect(session.checksSpelling).toBe(false);
  });

  it('to save a file', () => {
    expect(isPrevented(session, 'will-download')).toBe(true);
  });

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'to leave, or to bring another in: %s',
    (event) => {
      expect(isPrevented(contents, event)).toBe(true);
    },
  );

  it('a second window', () => {
    expect(contents.openHandler?.()).toEqual({ action: 'deny' });
  });
});
