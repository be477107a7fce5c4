/** @file The clients of IAM Identity Center, loaded when somebody signs in or a session is renewed. */
import type { SSO } from '@aws-sdk/client-sso';
import type { SSOOIDC } from '@aws-sdk/client-sso-oidc';
import type { InnerConfig } from '../credentials.ts';

/** What signs in. It needs no credentials, and goes the connection's own way: proxy, certificates, emulator. */
export async function openOidc({ region }: { region: string }, inner: InnerConfig): Promise<SSOOIDC> {
  const { SSOOIDC } = await import('@aws-sdk/client-sso-oidc');
  return new SSOOIDC({ ...inner, region });
}

/** What knows accounts and roles of whoever has signed in. */
export async function openPortal({ region }: { region: string }, inner: InnerConfig): Promise<SSO> {
  const { SSO } = await import('@aws-sdk/client-sso');
  return new SSO({ ...inner, region });
}
