/** @file Where the page lives. Two parts of a URL are compared, never an origin: that of our scheme is the text `null`. */

export const SCHEME = 'app';
const HOST = 'bundle';
export const PAGE = `${SCHEME}://${HOST}/index.html`;

/** Whether `text` is a URL under `app://bundle/`, without port or user. */
export function isOurs(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}
