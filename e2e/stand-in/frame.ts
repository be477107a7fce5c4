/** @file Frames of a page, as far as the sender of a call and the mover of a page are looked at. */
import { refuseOthers } from './refuse.ts';
import { originOf } from './schemes.ts';

export class WebFrameMain {
  readonly parent: WebFrameMain | null;
  readonly name: string;
  /** Chromium's id of the frame. */
  readonly frameToken: string;
  url: string;
  isGone = false;
  readonly #send: (channel: string, ...args: unknown[]) => void;

  constructor(
    frameToken: string,
    parent: WebFrameMain | null,
    { url, name, send }: { url: string; name: string; send: (channel: string, ...args: unknown[]) => void },
  ) {
    this.frameToken = frameToken;
    this.parent = parent;
    this.url = url;
    this.name = name;
    this.#send = send;
  }

  get origin(): string {
    return this.url === '' ? 'null' : originOf(this.url);
  }

  get top(): WebFrameMain {
    return this.parent?.top ?? this;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#send(channel, ...args);
  }
}

refuseOthers('WebFrameMain', WebFrameMain.prototype);
