/** @file `Notification`: noted when shown; a test finds it with the recorder and clicks it. */
import { EventEmitter } from 'node:events';
import { preventable } from './event.ts';
import { record } from './recorder.ts';
import { refuseOthers } from './refuse.ts';

export class Notification extends EventEmitter {
  readonly title: string;
  readonly body: string;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    record('Notification.show', { title: this.title, body: this.body });
    globalThis.recorder.notifications.push(this);
    this.emit('show', preventable());
  }

  close(): void {
    this.emit('close', preventable());
  }
}

refuseOthers('Notification', Notification.prototype);
