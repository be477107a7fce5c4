import { EnvelopeError } from '../../../shared/errors.ts';
import { isLoopback } from '../../settings/loopback.ts';

/**
 * SECURITY: https, or plain http on loopback only (kms.md section 8). Asked of every request as it leaves, so that it also
 * holds for endpoints that the SDK takes from the environment or from a profile.
 * @throws EnvelopeError `kms-endpoint-refused`
 */
export function checkEndpoint(protocol: string, hostname: string): void {
  if (protocol === 'https:') return;
  if (protocol === 'http:' && isLoopback(hostname)) return;
  throw new EnvelopeError('kms-endpoint-refused', 'an endpoint is https, or plain http on loopback', {
    protocol,
    hostname,
  });
}

/**
 * {@link checkEndpoint} for an address as the settings have it.
 * @throws EnvelopeError `kms-endpoint-refused`
 */
export function checkEndpointUrl(endpoint: string): void {
  const url = URL.parse(endpoint);
  if (url === null) throw new EnvelopeError('kms-endpoint-refused', 'not a URL', { endpoint });
  checkEndpoint(url.protocol, url.hostname);
}
