/** @file `ipcMain`, and the handlers that belong to one window's contents. */
import { EventEmitter } from 'node:events';
import { refuseOthers } from './refuse.ts';

export type IpcHandler = (event: object, ...args: unknown[]) => unknown;

export class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, IpcHandler>();

  handle(channel: string, handler: IpcHandler): void {
    if (this.#handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** For ipc-calls.ts. */
  handlerOf(channel: string): IpcHandler | undefined {
    return this.#handlers.get(channel);
  }
}

refuseOthers('ipcMain', IpcMain.prototype);

export const ipcMain = new IpcMain();
