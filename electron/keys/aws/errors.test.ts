import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EnvelopeError, type ErrorCode } from '../../../shared/errors.ts';
import { fromAws } from './errors.ts';

type Shape = { name?: string; message?: string; code?: string; status?: number };

/** An error as the SDK throws it. */
function sdkError({ name = 'Error', message = '', code, status }: Shape): Error {
  const metadata = { httpStatusCode: status, requestId: 'request-1' };
  return Object.assign(new Error(message), {
    name,
    $metadata: metadata,
    ...(code === undefined ? {} : { code }),
  });
}

const call = {
  action: 'Decrypt',
  key: 'arn:aws:kms:eu-central-1:111122223333:key/k',
  region: 'eu-central-1',
};
const codeFor = (shape: Shape): ErrorCode => fromAws(sdkError(shape), call).code;

describe('the table of kms.md section 4', () => {
  it.each<[ErrorCode, ...string[]]>([
    ['kms-access-denied', 'AccessDeniedException', 'AccessDenied', 'OptInRequired', 'NotAuthorized'],
    ['kms-answer-wrong', 'UnknownOperationException', 'InvalidAction'],
    ['kms-key-not-found', 'NotFoundException'],
    ['kms-key-disabled', 'DisabledException'],
    ['kms-key-state', 'KMSInvalidStateException'],
    [
      'kms-unavailable',
      'KeyUnavailableException',
      'DependencyTimeoutException',
      'KMSInternalException',
      'CloudHsmClusterNotActiveException',
      'CustomKeyStoreInvalidStateException',
      'XksProxyUriUnreachableException',
      'ThrottlingException',
    ],
    ['kms-ciphertext-invalid', 'InvalidCiphertextException'],
    ['kms-key-incorrect', 'IncorrectKeyException'],
    ['kms-key-usage', 'InvalidKeyUsageException'],
    [
      'kms-request-invalid',
      'InvalidGrantTokenException',
      'InvalidArnException',
      'InvalidMarkerException',
      'MalformedPolicyDocumentException',
      'TagException',
      'AlreadyExistsException',
      'InvalidAliasNameException',
      'UnsupportedOperationException',
      'ConflictException',
      'ValidationException',
    ],
    ['kms-quota', 'LimitExceededException'],
    ['credentials-expired', 'ExpiredTokenException', 'ExpiredToken'],
    [
      'credentials-invalid',
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
    ],
    ['clock-skewed', 'RequestExpired', 'RequestTimeTooSkewed'],
    ['credentials-missing', 'CredentialsProviderError', 'TokenProviderError'],
  ])('%s', (code, ...names) => {
    for (const name of names) expect([name, codeFor({ name })]).toEqual([name, code]);
  });

  it.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET', 'EHOSTUNREACH'])(
    '%s is offline, whatever the SDK calls it',
    (code) => {
      expect(codeFor({ code })).toBe('kms-offline');
      expect(codeFor({ code, name: 'TimeoutError' })).toBe('kms-offline');
    },
  );

  it.each([
    'SELF_SIGNED_CERT_IN_CHAIN',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'CERT_HAS_EXPIRED',
  ])('%s is a question of trust', (code) => {
    expect(codeFor({ code })).toBe('kms-tls');
  });

  it('calls a signature that is too old a skewed clock', () => {
    const message = 'Signature expired: 20261123T000000Z is now earlier than 20261123T010000Z';
    expect(codeFor({ name: 'InvalidSignatureException', message })).toBe('clock-skewed');
  });

  it('shows both clocks where they differ', () => {
    const error = Object.assign(sdkError({ name: 'RequestTimeTooSkewed', status: 403 }), {
      $response: { headers: { date: 'Mon, 23 Nov 2026 01:00:00 GMT', 'x-amz-security-token': 'secret' } },
    });
    const { details } = fromAws(error, call);
    expect(details).toMatchObject({ there: '2026-11-23T01:00:00.000Z' });
    expect(Math.abs(Date.parse(String(details['here'])) - Date.now())).toBeLessThan(5000);
    const silent = fromAws(sdkError({ name: 'RequestExpired' }), call);
    expect(silent.details).not.toHaveProperty('there');
    expect(fromAws(sdkError({ name: 'NotFoundException' }), call).details).not.toHaveProperty('here');
  });

  it('knows what does not parse for no answer of AWS, whatever its status', () => {
    const page = Object.assign(new SyntaxError('Unexpected token <'), {
      $responseBodyText: '<html>Please sign in</html>',
      $metadata: { httpStatusCode: 200 },
    });
    expect(fromAws(page, call)).toMatchObject({ code: 'kms-answer-wrong', details: { name: 'NotAnAnswer' } });
  });

  it('takes any fault of the server for a temporary one', () => {
    expect(codeFor({ name: 'Oops', status: 503 })).toBe('kms-unavailable');
  });

  it('says so when it does not know the word', () => {
    const error = fromAws(sdkError({ name: 'TeapotException', status: 418 }), call);
    expect(error.code).toBe('kms-unexpected');
    expect(error.details).toEqual({
      ...call,
      name: 'TeapotException',
      requestId: 'request-1',
      status: 418,
    });
  });

  it('does not look words up in the prototype', () => {
    expect(codeFor({ name: 'constructor' })).toBe('kms-unexpected');
  });
});

describe('the texts of kms.md section 6', () => {
  it.each<[ErrorCode, string, string]>([
    [
      'credentials-expired',
      'CredentialsProviderError',
      'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
    ],
    [
      'credentials-expired',
      'CredentialsProviderError',
      'The SSO session associated with this profile is invalid. To refresh this SSO session run aws sso login with the corresponding profile.',
    ],
    ['credentials-expired', 'TokenProviderError', 'Token is expired. To refresh this SSO session run …'],
    [
      'credentials-expired',
      'CredentialsProviderError',
      'UnauthorizedException: Session token not found or invalid',
    ],
    [
      'credentials-expired',
      'CredentialsProviderError',
      'Failed to refresh token: x. Please re-authenticate using aws login',
    ],
    [
      'credentials-mfa',
      'CredentialsProviderError',
      'Profile X requires multi-factor authentication, but no MFA code callback was provided.',
    ],
    [
      'credentials-mfa',
      'AccessDenied',
      'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    ],
    ['credentials-missing', 'CredentialsProviderError', 'Profile X was not found.'],
    [
      'credentials-missing',
      'CredentialsProviderError',
      'Could not resolve credentials using profile: [X] in …',
    ],
    ['credentials-missing', 'CredentialsProviderError', 'Could not load credentials from any providers'],
    ['kms-offline', 'CredentialsProviderError', 'Error: getaddrinfo ENOTFOUND portal.sso.example'],
    ['kms-region-missing', 'Error', 'Region is missing'],
    ['kms-tls', 'Error', 'self-signed certificate in certificate chain'],
  ])('%s: %s %s', (code, name, message) => {
    expect(codeFor({ name, message })).toBe(code);
  });
});

describe('what else an error carries', () => {
  it('leaves an EnvelopeError alone', () => {
    const error = new EnvelopeError('kms-answer-wrong', 'x');
    expect(fromAws(error, call)).toBe(error);
  });

  it('is cancelled once the signal fired, whatever broke on the way', () => {
    const signal = AbortSignal.abort();
    expect(fromAws(sdkError({ code: 'ECONNRESET' }), call, signal).code).toBe('cancelled');
    expect(fromAws(sdkError({ name: 'AbortError' }), call).code).toBe('cancelled');
  });

  it('keeps the cause without the answer it came in', () => {
    const error = Object.assign(sdkError({ name: 'NotFoundException', message: 'no such key' }), {
      $response: { headers: { 'x-amz-security-token': 'session-token' } },
    });
    const known = fromAws(error, call);
    expect(known.cause).toMatchObject({ name: 'NotFoundException', message: 'no such key' });
    expect(inspect(known, { depth: null, showHidden: true })).not.toContain('session-token');
  });

  it('keeps nothing of an answer that does not parse: it may hold a data key', () => {
    const error = Object.assign(new SyntaxError('Unexpected token in "…{"Plaintext":"c2VjcmV0"'), {
      $responseBodyText: '{"Plaintext":"c2VjcmV0"',
    });
    expect(inspect(fromAws(error, call), { depth: null, showHidden: true })).not.toContain('c2VjcmV0');
  });
});
