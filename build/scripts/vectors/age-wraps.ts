/**
 * @file Section 4: wraps by age 1.1.1 (the age command), kept because age gives other bytes each time. All of them but
 * `foreignKey` hold K = SHA-256('K of the age vectors') or begin with it; `passphrase`, which age makes on a terminal
 * only, is by age-encryption.
 */

export const identity = 'AGE-SECRET-KEY-1QT97RA6APKW8QUXC342F4LMCP7HPEGAJW38NAVGR82PM6HDDZPUSEP69YP';
export const recipient = 'age1fshfsjy9x7ey4mu6zc4autgw7ah6s3eycxwzkq4tv2tp5qpvm5qs59zcqn';
/** Nobody has its identity. */
export const otherRecipient = 'age12e6wmlc0ln8vtse8qhcnnq39e45ldam35qhwg5r2qedae23x9gyqdatsgr';

/** base64url */
export const ageWraps = {
  right:
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0-IFgyNTUxOSBxNmQ5Zlcxai8rVE5tZkFsMEhEblFWRSsydEVENXd3TVZaQnppV2srZ3hZ' +
    'Cm14WlFGZWIwbjhCZ0toWUpNb0N3WWY0NTJoVFk4QXVPYmZ0V05LNVhKQ1UKLS0tIHlqelRvR2ludjhFaGpMTkNsNmdNTjBFYTBG' +
    'SmZjd3djWVVoRlQzSFd1UkEKo-ULdBr7b0avK3W3adLBfEeiq1Z6wFSxYaiT47OouRTRp-ylScVTAZEOk4fNG00WjrItzRauTa0d' +
    's3ViViC61w',
  foreignKey:
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0-IFgyNTUxOSB4U0k3UjNXV1dBR3BSeE91Sm04ZFU1Vk91Z1lDYmwrQXA4RFc2aHV0NVJn' +
    'CnVzd1NTQ2JsaHo2dUpoR3NFZXNWekpHYndyR0t1R2NtdDNrSXloR0U4QzgKLS0tIG1zY1BLRWQ4dDBaa1dhVmRsMmtUT3FWbGpn' +
    'Uy9EREdReGdWR2pORUpSNXcKlot45ZmEeV2ae_otSFI54T_-twYxu-EqJ1AURUjKcHqmSDcP9Pxz6mxkgOikKxYsIusYSmAuE2rQ' +
    'ljrvfld7yQ',
  bytes31:
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0-IFgyNTUxOSBjNURhMlBzemNMbVVoUWVCV2JtRjFaYTRLaG1yZFBhT0NlRlE0YUxwbWtv' +
    'CkJac1FWbWQyT1BrL2RIT2pyUlBOQVluZmpueXVzVUhSWk5Ydm1hRjRucWMKLS0tIFQ0MlNmZXdEd3llbDJFNFZpL3lZbnNtSERP' +
    'SVY5Szh1RlZ0b0FtWE5NdWMKhpSMlOh8LaiJKk1cB6U3nqMz-FeKhk0OUEaeFBwW9vjAavT9LisnnpUYj3yDxPUWbw7ulvaYQXvO' +
    '9hFqaHHP',
  bytes33:
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0-IFgyNTUxOSBzODZQbkFUUlFZM3hFNXBSZ1J0NGo1L1pkKzQvWVlTM2hNU0NNc21nNWtF' +
    'ClBCTUZNV2xlMTIwNEFHV3VZZytFQm93eEZDejBNQWRnMVBXNE9Edkc4OWsKLS0tIDVUZk04WXE2VW13MFJNczJIQitVemkxaFNz' +
    'ZjJVOWxRaURoTXFVdFE3aDgKVIvio7Goa2zYgz2ysKV8SD_zkcedmTcC-NngqhsCBinvTdV5lEBZUVn5ve_xepyRZ9oGIShhVoFr' +
    'AWIMKfeqSgo',
  otherRecipient:
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0-IFgyNTUxOSA4YityN0JxUzhJVndxREhPTjcwamxRZmxHRHYyL3ZTT3JhY3JjNEVXWmdv' +
    'CjBtdURGOWxFSGZEV2tmV2dGd1lZZHRXTzVDU1pnTExCak4yVStrTXozcFUKLS0tIGc0Q0dhcG9EN3owbTQ3V3NTdVNMZ2tLdWk2' +
    'VXAwQ1RWRjZaTlJuQWVRZTAKYChsC_wauBv8IDo1Lb8O91yzgyx_5mdkFkJSaP_AV3U5YFmZCuOzmZ8QBeT8w_tqVrKJbDg6u2uq' +
    'jIl3SjaqZA',
  armoured:
    'LS0tLS1CRUdJTiBBR0UgRU5DUllQVEVEIEZJTEUtLS0tLQpZV2RsTFdWdVkzSjVjSFJwYjI0dWIzSm5MM1l4Q2kwK0lGZ3lOVFV4' +
    'T1NCWWJWUjJWVVJIU2s1RWJVaDBiVVZvClJERmpiRzVuVVZOMWF6RTFLMjVhYVRSWUsxVk5NRzQzV2xJd0NtSmlZa3gzY2pkc05V' +
    'VmFRbVJKVFVkNGREQnYKYTFncllUQm5aRk5UU3pab1NrZGxibTE2VjFoQk5XTUtMUzB0SUVKdE1HTXJlWFl4UVcxeU1YbHhSR1ZN' +
    'WVhGUApOMDEzV1dGTlFrRnZRVVY0WmpKQmJsTlFRVXQxY1hjS1gzRVhNNkdoUEYwNVNKckpCTSt3L1BwbXloZUhCOVAxCjRBdjFx' +
    'NHF0NXMvcTF0TU9qS3pjc3k3d2JKWFplMFJHd0xUaE45T2tqblFQMEhCbW1tQWN2UT09Ci0tLS0tRU5EIEFHRSBFTkNSWVBURUQg' +
    'RklMRS0tLS0tCg',
  passphrase:
    'YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0-IHNjcnlwdCBicjhDY0piRTI1dzMwMDJrdTdEcU53IDIKem0wUW5jMGJIUDdCRWR6dDNn' +
    'bGVuZUFpbXpQLytsak9VU1BPaEFMTHhKMAotLS0gNWthcldOaFMxRUtIcEhHOS9XSzFrdWZyYTV3VWttZldmZjljNWJSZDd3SQqZ' +
    'b6bH21oa6RWiVep-j570JjSx3ageYVaD6jlrtsrmA2xkEV1lWRvMfyc9apkCfLtScEl-sRLMpmMaBcPPnSSJ',
} as const;
