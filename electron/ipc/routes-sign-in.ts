/** @file Signing in at IAM Identity Center, for connections of the settings and for one that is being set up. */
import type { ConnectionForm } from '../../shared/contract.ts';
import { EnvelopeError } from '../../shared/errors.ts';
import type { Services } from '../app/services.ts';
import type { AwsConnection } from '../keys/aws/connection.ts';
import { checkEndpointUrl } from '../keys/aws/endpoint.ts';
import { connectionOf } from './routes-settings.ts';
import type { WorkRoutes } from './services.ts';

type SignInRoutes = Pick<
  WorkRoutes,
  'signInState' | 'signIn' | 'signInDraft' | 'cancelSignIn' | 'openSignInPage' | 'ssoAccounts' | 'ssoRoles'
>;

/** What the form holds, at work. Of its credentials only start URL and region need to be there. */
async function draftOf(services: Services, form: ConnectionForm): Promise<AwsConnection> {
  const { credentials } = form;
  if (credentials.kind !== 'sso') throw new EnvelopeError('usage', 'not a connection that signs in');
  checkEndpointUrl(credentials.startUrl);
  if (!/^[a-z]+(-[a-z]+)+-[0-9]{1,2}$/.test(credentials.ssoRegion)) {
    throw new EnvelopeError('settings-invalid', 'not the name of an AWS region', { setting: 'ssoRegion' });
  }
  const { connections } = await services.home.settings.load();
  const before = connections.find(({ name }) => name === form.name);
  const { AwsConnection } = await import('../keys/aws/connection.ts');
  return new AwsConnection(connectionOf(form, before, services));
}

async function withDraft<T>(
  services: Services,
  form: ConnectionForm,
  work: (connection: AwsConnection) => Promise<T>,
): Promise<T> {
  using connection = await draftOf(services, form);
  return await work(connection);
}

export function signInRoutes(services: Services): SignInRoutes {
  const { signIns } = services;
  return {
    signInState: async (connection) => await signIns.stateOf(connection),
    signIn: async (connection) => await signIns.signIn(connection),
    signInDraft: async (form) =>
      await withDraft(services, form, async (draft) => await signIns.signInDraft(draft)),
    cancelSignIn: (connection) => signIns.cancel(connection),
    openSignInPage: async (connection) => await signIns.openPage(connection),
    ssoAccounts: async (form) => {
      const { listAccounts } = await import('../keys/aws/sso/sign-in.ts');
      return await withDraft(services, form, listAccounts);
    },
    ssoRoles: async (form, account) => {
      const { listRoles } = await import('../keys/aws/sso/sign-in.ts');
      return await withDraft(services, form, async (draft) => await listRoles(draft, account));
    },
  };
}
