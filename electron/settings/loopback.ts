/** @file Addresses on this computer, and addresses without protection. */

const loopback = /^(?:localhost|127(?:\.[0-9]{1,3}){3}|\[?::1\]?)$/;

/** Whether a host is this computer, whoever answers for names. */
export const isLoopback = (hostname: string): boolean => loopback.test(hostname);

/** An address is plain if nothing but loopback keeps its bytes private. */
export function isPlain(endpoint: string | undefined): boolean {
  return endpoint !== undefined && URL.parse(endpoint)?.protocol === 'http:';
}
