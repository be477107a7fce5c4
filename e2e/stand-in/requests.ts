/** @file Every request of a page, paused by Chromium until the app has had its say, and answered if it is for the app. */
import type { Session } from './cdp.ts';
import { preventable } from './event.ts';
import type { WebFrameMain } from './frame.ts';
import { layDownPermissions } from './permissions.ts';
import { inward } from './schemes.ts';
import type { ProtocolHandler } from './session.ts';
import type { WebContents } from './web-contents.ts';

/** What is used of `Fetch.requestPaused`. */
type PausedRequest = {
  requestId: string;
  frameId: string;
  resourceType: string;
  /** Of the request that was redirected to this one. */
  redirectedRequestId?: string;
  request: { url: string; method: string; headers: Record<string, string>; postData?: string };
};

type ResourceType = Electron.OnBeforeRequestListenerDetails['resourceType'];

const RESOURCE_TYPES: Record<string, ResourceType> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
};

export class Requests {
  readonly #contents: WebContents;
  readonly #session: Session;
  /** Frames whose page wants to go elsewhere. What the main process loads is not among them. */
  readonly #leaving = new Set<string>();
  #lastId = 0;

  constructor(contents: WebContents, session: Session) {
    this.#contents = contents;
    this.#session = session;
  }

  listen(): void {
    this.#session.on('Page.frameRequestedNavigation', ({ frameId }) => this.#leaving.add(frameId));
    this.#session.on('Fetch.requestPaused', (paused) => {
      this.#answer(paused).catch((error: unknown) => this.#fail(paused, error));
    });
  }

  async #answer(paused: PausedRequest): Promise<void> {
    const url = inward(paused.request.url);
    const frame = this.#contents.frames.of(paused.frameId);
    if (paused.resourceType === 'Document' && this.#isRefused(paused, url, frame)) {
      await this.#refuse(paused, 'Aborted');
      return;
    }
    const details = this.#details(paused, url, frame);
    if (await this.#contents.session.webRequest.isCancelled(details)) {
      await this.#refuse(paused, 'BlockedByClient');
      return;
    }
    if (details.resourceType === 'mainFrame') await layDownPermissions(this.#contents, url);
    const handler = this.#contents.session.protocol.handlerOf(url);
    if (handler && url !== paused.request.url) await this.#serve(paused, details, handler);
    else await this.#session.send('Fetch.continueRequest', { requestId: paused.requestId });
  }

  /** Asks the listeners that may keep a page where it is. */
  #isRefused(paused: PausedRequest, url: string, frame: WebFrameMain): boolean {
    const isMainFrame = frame.parent === null;
    const isPrevented = (name: string): boolean => {
      const event = preventable({ url, isMainFrame, isSameDocument: false, frame, initiator: frame });
      this.#contents.emit(name, event, url);
      return event.defaultPrevented;
    };
    if (paused.redirectedRequestId !== undefined) return isPrevented('will-redirect');
    if (!this.#leaving.delete(paused.frameId)) return false;
    return isPrevented('will-frame-navigate') || (isMainFrame && isPrevented('will-navigate'));
  }

  #details(paused: PausedRequest, url: string, frame: WebFrameMain): Electron.OnBeforeRequestListenerDetails {
    const document = frame.parent === null ? 'mainFrame' : 'subFrame';
    return {
      id: ++this.#lastId,
      url,
      method: paused.request.method,
      webContentsId: this.#contents.id,
      resourceType:
        paused.resourceType === 'Document' ? document : (RESOURCE_TYPES[paused.resourceType] ?? 'other'),
      referrer: inward(paused.request.headers['Referer'] ?? ''),
      timestamp: Date.now(),
      uploadData: [],
    };
  }

  async #serve(
    { requestId, request }: PausedRequest,
    details: Electron.OnBeforeRequestListenerDetails,
    handler: ProtocolHandler,
  ): Promise<void> {
    const { method, headers, postData } = request;
    const body = postData === undefined ? {} : { body: postData };
    const response = await handler(new Request(details.url, { method, headers, ...body }));
    const responseHeaders = await this.#contents.session.webRequest.headersFor({
      ...details,
      statusCode: response.status,
      statusLine: `HTTP/1.1 ${response.status} ${response.statusText}`,
      responseHeaders: Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]])),
    });
    if (!responseHeaders) {
      await this.#session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByResponse' });
      return;
    }
    await this.#session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: Object.entries(responseHeaders).flatMap(([name, values]) =>
        values.map((value) => ({ name, value })),
      ),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    });
  }

  async #refuse(
    { requestId }: PausedRequest,
    errorReason: 'Aborted' | 'BlockedByClient' | 'Failed',
  ): Promise<void> {
    await this.#session.send('Fetch.failRequest', { requestId, errorReason });
  }

  /** The page may be gone meanwhile; else this is a failure of the app's handler, and the request's too. */
  #fail(paused: PausedRequest, error: unknown): void {
    if (this.#contents.isDestroyed()) return;
    console.error(`stand-in: ${inward(paused.request.url)}`, error);
    this.#refuse(paused, 'Failed').catch(() => {});
  }
}
