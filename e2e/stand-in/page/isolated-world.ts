/** @file The world that the preload runs in: `require('electron')` with a sandboxed preload's share of Electron. */
import type { BridgeEnd } from './bridge-end.ts';
import { decode, encode } from './codec.ts';
import { refuseOthers } from '../refuse.ts';

/** From the page's side to the main process. */
export type PostedMessage =
  | { op: 'invoke'; id: number; channel: string; args: string }
  | { op: 'open'; url: string; disposition: string }
  | { op: 'title'; title: string };

/** From the main process to the page's side. `error` is the text that Electron makes of a handler's failure. */
export type DeliveredMessage =
  | { op: 'reply'; id: number; value: string }
  | { op: 'reply'; id: number; error: string }
  | { op: 'event'; channel: string; args: string };

type Listener = (event: object, ...args: unknown[]) => void;
type Waiting = { resolve: (value: unknown) => void; reject: (reason: Error) => void };

declare global {
  /** Set by DevTools in the preload's world only. */
  var standInPost: (message: string) => void;
  /** Called by the stand-in with a message for this world. */
  var standInDeliver: (message: string) => void;
}

export function startIsolatedWorld(bridge: BridgeEnd): (id: string) => unknown {
  bridge.heard = (about, [url, disposition]) => {
    if (about === 'open') post({ op: 'open', url: String(url), disposition: String(disposition) });
  };
  followTitle();
  const electron = refuseOthers('electron (in the preload)', {
    ipcRenderer: makeIpcRenderer(),
    contextBridge: refuseOthers('contextBridge', {
      exposeInMainWorld: (name: string, value: unknown) => bridge.tell('expose', name, value),
    }),
    webUtils: makeWebUtils(bridge),
  });
  return (id) => {
    if (id === 'electron' || id === 'electron/renderer') return electron;
    throw new Error(`module not found: ${id}`);
  };
}

/** DevTools says a page's title only when it has loaded; here is told every change. */
export function followTitle(): void {
  let told = '';
  const tell = (): void => {
    if (document.title === told) return;
    told = document.title;
    post({ op: 'title', title: told });
  };
  document.addEventListener('DOMContentLoaded', () => {
    tell();
    new MutationObserver(tell).observe(document.head, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
}

export function post(message: PostedMessage): void {
  globalThis.standInPost(JSON.stringify(message));
}

export function makeIpcRenderer(): object {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;

  globalThis.standInDeliver = (text) => {
    const message = JSON.parse(text) as DeliveredMessage;
    if (message.op === 'event') {
      const args = decode(message.args) as unknown[];
      for (const listener of listeners.get(message.channel) ?? [])
        listener({ sender: self, ports: [] }, ...args);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if ('error' in message) call?.reject(new Error(message.error));
    else call?.resolve(decode(message.value));
  };

  const on = (channel: string, listener: Listener): object => {
    listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    return self;
  };
  const off = (channel: string, listener: Listener): object => {
    listeners.get(channel)?.delete(listener);
    return self;
  };
  const invoke = (channel: string, ...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const encoded = encode(args);
      waiting.set(id, { resolve, reject });
      post({ op: 'invoke', id, channel, args: encoded });
    });
  const self = refuseOthers('ipcRenderer', { invoke, on, addListener: on, off, removeListener: off });
  return self;
}

/** `webUtils`: the path that a file of a drop or a picker has on disk; empty for one that was made in the page. */
export function makeWebUtils(bridge: BridgeEnd): object {
  const known = new WeakMap<File, string>();
  let together: File[] = [];
  // A drop of ten thousand files is one question, not ten thousand: each of them stops the page.
  bridge.called = (args) => {
    together = args.flat().filter((arg) => arg instanceof File);
  };
  const getPathForFile = (file: unknown): string => {
    if (!(file instanceof File)) throw new TypeError("Failed to execute 'getPathForFile': not a File");
    const asked = known.has(file) ? [] : together.includes(file) ? together : [file];
    if (asked.length > 0) askWhilePaused(asked).forEach((path, index) => known.set(asked[index]!, path));
    return known.get(file) ?? '';
  };
  return refuseOthers('webUtils', { getPathForFile });
}

/**
 * The answer must come before the call returns, which DevTools alone can do: the page is paused at `debugger`, the
 * stand-in reads the question, writes the paths into it and lets the page go on (see paused-page.ts).
 */
export function askWhilePaused(files: readonly File[]): string[] {
  const question = { files, paths: files.map(() => '') };
  debugger;
  return question.paths;
}
