/** @file The tokens that the stand-in of IAM Identity Center has given out. */
import { randomUUID } from 'node:crypto';
import { ServiceError } from '../kms-stand-in/service-error.ts';

/** To which registration a token was given, and whether it can be renewed. */
export type Grant = { client: string; renewable: boolean };

export class Tokens {
  /** Seconds that the next token lasts. */
  lifetime = 8 * 3600;
  /** Every token that was ever given out, to look for where it must not be. */
  readonly secrets: string[] = [];
  readonly #tokens = new Map<string, number>();
  readonly #renewing = new Map<string, Grant>();

  issue(grant: Grant): object {
    const accessToken = `access-token-${randomUUID()}`;
    this.#tokens.set(accessToken, Date.now() + this.lifetime * 1000);
    this.secrets.push(accessToken);
    const answer = { accessToken, tokenType: 'Bearer', expiresIn: this.lifetime };
    if (!grant.renewable) return answer;
    const refreshToken = `refresh-token-${randomUUID()}`;
    this.#renewing.set(refreshToken, grant);
    this.secrets.push(refreshToken);
    return { ...answer, refreshToken };
  }

  /** Each works once. @throws ServiceError InvalidGrantException */
  renew(refreshToken: string, client: string): object {
    const grant = this.#renewing.get(refreshToken);
    if (grant?.client !== client)
      throw new ServiceError('InvalidGrantException', 'Invalid refresh token provided');
    this.#renewing.delete(refreshToken);
    return this.issue(grant);
  }

  holds(accessToken: string): boolean {
    return (this.#tokens.get(accessToken) ?? 0) > Date.now();
  }

  /** An administrator ends every session. Nothing renews them. */
  revoke(): void {
    this.#tokens.clear();
    this.#renewing.clear();
  }
}
