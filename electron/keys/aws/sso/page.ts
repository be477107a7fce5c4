import { EnvelopeError } from '../../../../shared/errors.ts';
import { isLoopback } from '../../../settings/loopback.ts';

/** Hosts on which AWS itself, and nobody else, puts pages of IAM Identity Center. */
const ofAws: readonly RegExp[] = [
  // d-1234567890.awsapps.com, start.us-gov-home.awsapps.com, start.home.awsapps.cn
  /(?:^|\.)awsapps\.(?:com|cn)$/,
  // device.sso.eu-central-1.amazonaws.com. Not all of amazonaws.com: there everybody has buckets.
  /^(?:device|start|oidc|portal)\.sso(?:-fips)?\.[a-z0-9-]+\.amazonaws\.(?:com|com\.cn|eu)$/,
  // ssoins-1234567890abcdef.portal.eu-central-1.app.aws, identitycenter.amazonaws.com
  /^[a-z0-9-]+\.portal\.[a-z0-9-]+\.app\.aws$/,
  /^identitycenter\.amazonaws\.(?:com|com\.cn|eu)$/,
  /(?:^|\.)signin\.(?:aws|aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)$/,
];

/**
 * SECURITY: the page that is opened in the browser for a sign-in: https, on a host of AWS or of the start URL, and without
 * a name, password or port in it. Plain http on loopback only where the connection itself is to an emulator there.
 * @returns the address as it is to be opened
 * @throws EnvelopeError `sign-in-page`
 */
export function checkSignInPage(page: string, startUrl: string, emulator: string | undefined): string {
  const url = URL.parse(page);
  if (url === null) throw refused('no address');
  if (emulator !== undefined && isLoopback(url.hostname) && url.origin === URL.parse(emulator)?.origin) {
    return url.href;
  }
  const { protocol, hostname, port, username, password } = url;
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') throw refused(url.host);
  const start = URL.parse(startUrl);
  if (start?.protocol === 'https:' && start.hostname === hostname) return url.href;
  if (ofAws.some((host) => host.test(hostname))) return url.href;
  throw refused(url.host);
}

const refused = (host: string): EnvelopeError =>
  new EnvelopeError('sign-in-page', 'the page to sign in on is not one of AWS', { host });
