/** @file Sessions: each has its own protocols, its own say over requests and its own permissions, but one Chromium. */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { refuseOthers } from './refuse.ts';
import { registerSchemesAsPrivileged } from './schemes.ts';
import { WebRequest } from './web-request.ts';

export type ProtocolHandler = Parameters<Electron.Protocol['handle']>[1];
type RequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type CheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type DeviceHandler = Parameters<Electron.Session['setDevicePermissionHandler']>[0];

export class Protocol {
  readonly #handlers = new Map<string, ProtocolHandler>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    registerSchemesAsPrivileged(schemes);
  }

  handle(scheme: string, handler: ProtocolHandler): void {
    if (this.#handlers.has(scheme)) throw new Error(`stand-in: ${scheme}: is handled already`);
    this.#handlers.set(scheme, handler);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme);
  }

  /** For requests.ts. */
  handlerOf(url: string): ProtocolHandler | undefined {
    return this.#handlers.get(url.slice(0, url.indexOf(':')));
  }
}

refuseOthers('protocol', Protocol.prototype);

export class Session extends EventEmitter {
  readonly protocol = new Protocol();
  readonly webRequest = new WebRequest();
  /** For permissions.ts, and for tests. */
  permissionRequestHandler: RequestHandler = null;
  permissionCheckHandler: CheckHandler = null;
  devicePermissionHandler: DeviceHandler = null;
  #checksSpelling = true;

  constructor() {
    super();
    app.emit('session-created', this);
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.permissionRequestHandler = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.permissionCheckHandler = handler;
  }

  setDevicePermissionHandler(handler: DeviceHandler): void {
    this.devicePermissionHandler = handler;
  }

  setSpellCheckerEnabled(enable: boolean): void {
    this.#checksSpelling = enable;
  }

  isSpellCheckerEnabled(): boolean {
    return this.#checksSpelling;
  }
}

refuseOthers('session', Session.prototype);

const partitions = new Map<string, Session>();

export function fromPartition(partition: string): Session {
  if (!app.isLaunched) throw new Error('Session can only be received when app is ready');
  const known = partitions.get(partition);
  if (known) return known;
  const made = new Session();
  partitions.set(partition, made);
  return made;
}

/** The module's `session`. */
export const session = refuseOthers('session', {
  fromPartition,
  get defaultSession(): Session {
    return fromPartition('');
  },
});

/** `protocol` of the module is that of the default session, but schemes are registered before there is any. */
export const protocol = refuseOthers('protocol', {
  registerSchemesAsPrivileged,
  handle: (scheme: string, handler: ProtocolHandler): void =>
    session.defaultSession.protocol.handle(scheme, handler),
  isProtocolHandled: (scheme: string): boolean => session.defaultSession.protocol.isProtocolHandled(scheme),
});
