/** @file `session.webRequest`: the app's say over every request of its pages. */
import { notImplemented, refuseOthers } from './refuse.ts';

type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;
type HeadersReceived = (
  details: Electron.OnHeadersReceivedListenerDetails,
  callback: (response: Electron.HeadersReceivedResponse) => void,
) => void;
type Filter = Electron.WebRequestFilter;
type Registered<Listener> = { filter: Filter; listener: Listener } | undefined;
export type Headers = Record<string, string[]>;

const EVERYTHING: Filter = { urls: ['<all_urls>'] };

export class WebRequest {
  #beforeRequest: Registered<BeforeRequest>;
  #headersReceived: Registered<HeadersReceived>;

  onBeforeRequest(...args: [Filter, BeforeRequest | null] | [BeforeRequest | null]): void {
    this.#beforeRequest = registered(args);
  }

  onHeadersReceived(...args: [Filter, HeadersReceived | null] | [HeadersReceived | null]): void {
    this.#headersReceived = registered(args);
  }

  /** For requests.ts. */
  async isCancelled(details: Electron.OnBeforeRequestListenerDetails): Promise<boolean> {
    const entry = this.#beforeRequest;
    if (!entry || !fits(entry.filter, details.url)) return false;
    const response = await new Promise<Electron.CallbackResponse>((answer) =>
      entry.listener(details, answer),
    );
    if (response.redirectURL !== undefined) throw notImplemented('redirectURL of webRequest.onBeforeRequest');
    return response.cancel ?? false;
  }

  /** For requests.ts. @returns undefined if the response is cancelled */
  async headersFor(details: Electron.OnHeadersReceivedListenerDetails): Promise<Headers | undefined> {
    const entry = this.#headersReceived;
    const given = details.responseHeaders ?? {};
    if (!entry || !fits(entry.filter, details.url)) return given;
    const response = await new Promise<Electron.HeadersReceivedResponse>((answer) =>
      entry.listener(details, answer),
    );
    if (response.cancel) return undefined;
    return Object.fromEntries(
      Object.entries(response.responseHeaders ?? given).map(([name, value]) => [name, [value].flat()]),
    );
  }
}

refuseOthers('session.webRequest', WebRequest.prototype);

function registered<Listener>(args: [Filter, Listener | null] | [Listener | null]): Registered<Listener> {
  const [filter, listener] = args.length === 2 ? args : [EVERYTHING, args[0]];
  const { urls: _, ...others } = filter;
  if (Object.keys(others).length > 0)
    throw notImplemented(`${Object.keys(others).join()} of a webRequest filter`);
  return listener === null ? undefined : { filter, listener };
}

/** URL patterns of Chromium: `*` stands for any text, and `<all_urls>` for everything. */
const fits = ({ urls }: Filter, url: string): boolean =>
  urls.some(
    (pattern) =>
      pattern === '<all_urls>' ||
      new RegExp(
        `^${pattern
          .split('*')
          .map((part) => RegExp.escape(part))
          .join('.*')}$`,
      ).test(url),
  );
