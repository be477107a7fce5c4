import type { CreateTokenCommandOutput } from '@aws-sdk/client-sso-oidc';
import { EnvelopeError } from '../../../../shared/errors.ts';
import type { Registration, SsoToken } from './cache.ts';

type Answer = Pick<CreateTokenCommandOutput, 'accessToken' | 'expiresIn' | 'refreshToken'>;

/**
 * The token that CreateToken has given to `registration`. `before`: what renewed it, which goes on if no other came.
 * @throws EnvelopeError `kms-answer-wrong`
 */
export function tokenFrom(answer: Answer, registration: Registration, before?: string): SsoToken {
  const { accessToken, expiresIn } = answer;
  if (!accessToken || expiresIn === undefined || !(expiresIn > 0)) {
    throw new EnvelopeError('kms-answer-wrong', 'an answer without a token', { action: 'CreateToken' });
  }
  const refreshToken = answer.refreshToken ?? before;
  return {
    accessToken,
    expires: new Date(Date.now() + expiresIn * 1000),
    ...(refreshToken === undefined ? {} : { refresh: { refreshToken, registration } }),
  };
}
