/** @file Every way in which AWS says no, in one table (kms.md sections 4 and 6). Knows no SDK: it goes by names and texts. */
import { EnvelopeError, type ErrorCode } from '../../../shared/errors.ts';

/** What was being done when it failed. */
export type Call = {
  /** `GenerateDataKey`, or `credentials` for everything before a call */
  action: string;
  key?: string | undefined;
  region?: string | undefined;
};

const codesByName: ReadonlyMap<string, ErrorCode> = new Map(
  Object.entries<ErrorCode>({
    AccessDeniedException: 'kms-access-denied',
    AccessDenied: 'kms-access-denied',
    NotFoundException: 'kms-key-not-found',
    DisabledException: 'kms-key-disabled',
    KMSInvalidStateException: 'kms-key-state',
    KeyUnavailableException: 'kms-unavailable',
    DependencyTimeoutException: 'kms-unavailable',
    KMSInternalException: 'kms-unavailable',
    CustomKeyStoreInvalidStateException: 'kms-unavailable',
    CloudHsmClusterNotActiveException: 'kms-unavailable',
    XksProxyUriUnreachableException: 'kms-unavailable',
    InternalFailure: 'kms-unavailable',
    ServiceUnavailable: 'kms-unavailable',
    ServiceUnavailableException: 'kms-unavailable',
    ThrottlingException: 'kms-unavailable',
    Throttling: 'kms-unavailable',
    TooManyRequestsException: 'kms-unavailable',
    RequestLimitExceeded: 'kms-unavailable',
    InvalidCiphertextException: 'kms-ciphertext-invalid',
    IncorrectKeyException: 'kms-key-incorrect',
    InvalidKeyUsageException: 'kms-key-usage',
    InvalidGrantTokenException: 'kms-request-invalid',
    InvalidArnException: 'kms-request-invalid',
    InvalidMarkerException: 'kms-request-invalid',
    MalformedPolicyDocumentException: 'kms-request-invalid',
    TagException: 'kms-request-invalid',
    AlreadyExistsException: 'kms-request-invalid',
    InvalidAliasNameException: 'kms-request-invalid',
    UnsupportedOperationException: 'kms-request-invalid',
    ConflictException: 'kms-request-invalid',
    ValidationException: 'kms-request-invalid',
    ValidationError: 'kms-request-invalid',
    UnknownOperationException: 'kms-answer-wrong',
    InvalidAction: 'kms-answer-wrong',
    RegionDisabledException: 'kms-request-invalid',
    OptInRequired: 'kms-access-denied',
    SubscriptionRequiredException: 'kms-access-denied',
    NotAuthorized: 'kms-access-denied',
    LimitExceededException: 'kms-quota',
    ExpiredTokenException: 'credentials-expired',
    ExpiredToken: 'credentials-expired',
    // Of IAM Identity Center's portal: the token, or what it is asked for
    UnauthorizedException: 'credentials-expired',
    ForbiddenException: 'sign-in-role',
    UnrecognizedClientException: 'credentials-invalid',
    InvalidClientTokenId: 'credentials-invalid',
    MissingAuthenticationToken: 'credentials-invalid',
    MissingAuthenticationTokenException: 'credentials-invalid',
    IncompleteSignature: 'credentials-invalid',
    InvalidSignatureException: 'credentials-invalid',
    SignatureDoesNotMatch: 'credentials-invalid',
    RequestExpired: 'clock-skewed',
    RequestTimeTooSkewed: 'clock-skewed',
    RequestInTheFuture: 'clock-skewed',
    CredentialsProviderError: 'credentials-missing',
    TokenProviderError: 'credentials-missing',
    TimeoutError: 'kms-offline',
    // Node's codes, of the same table since they too stand for one cause each
    ENOTFOUND: 'kms-offline',
    EAI_AGAIN: 'kms-offline',
    ECONNREFUSED: 'kms-offline',
    ECONNRESET: 'kms-offline',
    ECONNABORTED: 'kms-offline',
    EPIPE: 'kms-offline',
    ETIMEDOUT: 'kms-offline',
    EHOSTUNREACH: 'kms-offline',
    EHOSTDOWN: 'kms-offline',
    ENETUNREACH: 'kms-offline',
    ENETDOWN: 'kms-offline',
    EPROTO: 'kms-tls',
    SELF_SIGNED_CERT_IN_CHAIN: 'kms-tls',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'kms-tls',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'kms-tls',
    UNABLE_TO_GET_ISSUER_CERT: 'kms-tls',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'kms-tls',
    CERT_HAS_EXPIRED: 'kms-tls',
    CERT_NOT_YET_VALID: 'kms-tls',
    CERT_UNTRUSTED: 'kms-tls',
    CERT_REVOKED: 'kms-tls',
    CERT_SIGNATURE_FAILURE: 'kms-tls',
    INVALID_CA: 'kms-tls',
    HOSTNAME_MISMATCH: 'kms-tls',
    ERR_TLS_CERT_ALTNAME_INVALID: 'kms-tls',
  }),
);

/** Where the name alone says too little. The first row that fits is more exact than {@link codesByName}. */
const codesByText: readonly [name: RegExp, text: RegExp, code: ErrorCode][] = [
  [
    /^(?:InvalidSignatureException|SignatureDoesNotMatch)$/,
    /signature (?:expired|not yet current)/i,
    'clock-skewed',
  ],
  [/^AccessDenied/, /MultiFactorAuthentication/, 'credentials-mfa'],
  [/ProviderError$/, /multi-factor authentication/, 'credentials-mfa'],
  // A sign-in service that could not be reached: the SDK keeps only the text.
  [
    /ProviderError$/,
    /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError/,
    'kms-offline',
  ],
  [/ProviderError$/, /self-signed certificate|unable to (?:verify|get)/, 'kms-tls'],
  [
    /ProviderError$/,
    /session .*(?:has expired|is invalid|not found or is invalid)|Token is expired|not found or invalid|re-authenticate|To refresh this SSO session/i,
    'credentials-expired',
  ],
  [/ProviderError$/, /ForbiddenException|ResourceNotFoundException/, 'sign-in-role'],
  [/./, /^Region is missing/, 'kms-region-missing'],
  [/./, /^Region not accepted/, 'settings-invalid'],
  [/./, /self-signed certificate in certificate chain/, 'kms-tls'],
  [/./, /socket hang up|^aborted$/, 'kms-offline'],
];

/** The name of what does not parse. */
const NOT_AN_ANSWER = 'NotAnAnswer';

type Facts = { name: string; message: string; status: number | undefined; requestId: string | undefined };

/**
 * `error` as an EnvelopeError with the facts of `call`; an EnvelopeError comes back as it is.
 * Anything the table does not know is `kms-unexpected` with the service's word in `details.name`.
 */
export function fromAws(error: unknown, call: Call, signal?: AbortSignal): EnvelopeError {
  if (error instanceof EnvelopeError) return error;
  if (signal?.aborted === true || nameOf(error) === 'AbortError') {
    return new EnvelopeError('cancelled', `${call.action} was cancelled`);
  }
  const facts = factsOf(error);
  return new EnvelopeError(
    codeOf(facts),
    `${call.action} failed with ${facts.name}`,
    {
      ...call,
      name: facts.name,
      requestId: facts.requestId,
      status: facts.status,
      ...clocksOf(error, facts),
    },
    bare(error, facts),
  );
}

function codeOf({ name, message, status }: Facts): ErrorCode {
  for (const [namePattern, text, code] of codesByText) {
    if (namePattern.test(name) && text.test(message)) return code;
  }
  const code = codesByName.get(name);
  if (code !== undefined) return code;
  if (name.startsWith('ERR_SSL_')) return 'kms-tls';
  // Keys that lie outside of AWS: in a cluster, or with an external manager.
  if (/^(?:Xks|CloudHsm|CustomKeyStore)/.test(name)) return 'kms-unavailable';
  // A page of a network that wants a sign-in, or of a proxy.
  if (name === NOT_AN_ANSWER) return 'kms-answer-wrong';
  return status !== undefined && status >= 500 ? 'kms-unavailable' : 'kms-unexpected';
}

function factsOf(error: unknown): Facts {
  const metadata = field(error, '$metadata');
  const status = field(metadata, 'httpStatusCode');
  const requestId = field(metadata, 'requestId');
  return {
    name: nameOf(error),
    message: error instanceof Error && !isParseError(error) ? error.message : 'not an answer of the service',
    status: typeof status === 'number' ? status : undefined,
    requestId: typeof requestId === 'string' ? requestId : undefined,
  };
}

/** Node's error code where there is one (its `name` is only `Error`), else the service's name of the error. */
function nameOf(error: unknown): string {
  const code = field(error, 'code');
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) return code;
  if (error instanceof Error && isParseError(error)) return NOT_AN_ANSWER;
  return error instanceof Error ? error.name : typeof error;
}

/** Both clocks, where they are what the service complains about. */
function clocksOf(error: unknown, facts: Facts): { here?: string; there?: string } {
  if (codeOf(facts) !== 'clock-skewed') return {};
  const headers = field(field(error, '$response'), 'headers');
  const there = Date.parse(String(field(headers, 'date')));
  return {
    here: new Date().toISOString(),
    ...(Number.isNaN(there) ? {} : { there: new Date(there).toISOString() }),
  };
}

function isParseError(error: Error): boolean {
  return error instanceof SyntaxError || '$responseBodyText' in error;
}

/**
 * SECURITY: the cause without what the SDK hangs on it. Its `$response` leads through the socket to the session token, and
 * the text of an answer that does not parse may hold a data key.
 */
function bare(error: unknown, { name, message, requestId }: Facts): Error {
  const cause = new Error(message);
  cause.name = name;
  if (error instanceof Error && !isParseError(error) && error.stack !== undefined) cause.stack = error.stack;
  return requestId === undefined ? cause : Object.assign(cause, { requestId });
}

function field(value: unknown, member: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, member) : undefined;
}
