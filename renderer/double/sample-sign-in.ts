/** @file Signing in, acted. */
import type { Routes } from '../../shared/contract.ts';
import { DRAFT, type SignIn } from '../../shared/sign-in.ts';
import type { Events } from './events.ts';

/** A sign-in that somebody allows after a while. */
export function signInRoutes(params: URLSearchParams, events: Events) {
  const states = new Map<string, SignIn>();
  const tell = (connection: string, signIn: SignIn): void => {
    states.set(connection, signIn);
    events.tell('signInChanged', { connection, signIn });
  };
  const stateOf = (name: string): SignIn =>
    states.get(name) ?? (name === 'Work' ? { state: 'signed-out' } : { state: 'none' });
  const begin = async (name: string): Promise<void> => {
    tell(name, { state: 'beginning' });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const until = new Date(Date.now() + 600_000).toISOString();
    const url = 'https://device.sso.eu-central-1.amazonaws.com/?user_code=BQKT-XVRM';
    tell(name, { state: 'confirming', userCode: 'BQKT-XVRM', url, until });
    if (params.get('prompt') === 'sign-in') return;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    if (stateOf(name).state === 'confirming') tell(name, { state: 'signed-in', until, renews: true });
  };
  return {
    signInState: stateOf,
    signIn: begin,
    signInDraft: async () => await begin(DRAFT),
    cancelSignIn: (name) => tell(name, { state: 'signed-out' }),
    openSignInPage: () => {},
    ssoAccounts: () => [
      { account: '444455556666', name: 'Archive' },
      { account: '111122223333', name: 'Production' },
    ],
    ssoRoles: () => ['PowerUserAccess', 'Sealer'],
  } satisfies Partial<Routes>;
}
