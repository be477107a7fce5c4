import { describe, expect, it } from 'vitest';
import { checkEndpointUrl } from './endpoint.ts';
import { isPlain } from '../../settings/loopback.ts';

describe('endpoints', () => {
  it.each([
    'http://kms.eu-central-1.amazonaws.com',
    'http://169.254.169.254',
    'http://0.0.0.0:8080',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://127.evil.example',
    'http://user@evil.example',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    '127.0.0.1:8080',
    '',
  ])('refuses %j', (endpoint) => {
    expect(() => checkEndpointUrl(endpoint)).toThrow(
      expect.objectContaining({ code: 'kms-endpoint-refused' }),
    );
  });

  it.each([
    'https://kms.eu-central-1.amazonaws.com',
    'https://vpce-1.kms.eu-central-1.vpce.amazonaws.com',
    'http://127.0.0.1:4566',
    'http://127.8.9.1',
    'http://localhost:4566',
    'http://[::1]:4566',
  ])('takes %s', (endpoint) => {
    expect(() => checkEndpointUrl(endpoint)).not.toThrow();
  });

  it('knows an emulator by its plain http', () => {
    expect(isPlain('http://127.0.0.1:4566')).toBe(true);
    expect(isPlain('https://127.0.0.1:4566')).toBe(false);
    expect(isPlain(undefined)).toBe(false);
  });
});
