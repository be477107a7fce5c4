/** @file The frames that a page has now. The main frame stays one and the same object while the page lives. */
import type { Session } from './cdp.ts';
import { WebFrameMain } from './frame.ts';
import { inward } from './schemes.ts';

type Send = (channel: string, ...args: unknown[]) => void;

export class Frames {
  readonly main: WebFrameMain;
  readonly #subframes = new Map<string, WebFrameMain>();
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
    this.main = new WebFrameMain('', null, { url: '', name: '', send });
  }

  follow(session: Session): void {
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => {
      const parent = this.of(parentFrameId);
      this.#subframes.set(
        frameId,
        new WebFrameMain(frameId, parent, { url: '', name: '', send: this.#send }),
      );
    });
    session.on('Page.frameDetached', ({ frameId }) => {
      const frame = this.#subframes.get(frameId);
      if (frame) frame.isGone = true;
      this.#subframes.delete(frameId);
    });
    session.on('Page.frameNavigated', ({ frame }) => {
      this.of(frame.id).url = inward(frame.url);
    });
  }

  /** A frame that is not known as one within the page is the page's own. */
  of(frameId: string): WebFrameMain {
    return this.#subframes.get(frameId) ?? this.main;
  }

  end(): void {
    for (const frame of [this.main, ...this.#subframes.values()]) frame.isGone = true;
  }
}
