/** @file A connection in a line: where its credentials come from, and how AWS is reached. */
import type { KmsConnection, KmsCredentials } from '../../../shared/kms.ts';
import { printable } from '../../text/printable.ts';
import type { SettingsText } from '../../text/settings.en.ts';

export function credentialsFact(credentials: KmsCredentials, { from }: SettingsText): string {
  switch (credentials.kind) {
    case 'default':
      return from.default;
    case 'profile':
      return from.profile(printable(credentials.profile));
    case 'keys':
      return from.keys(printable(credentials.accessKeyId));
    case 'sso':
      return from.sso(printable(credentials.role), printable(credentials.account));
    case 'role': {
      const role = from.role(printable(credentials.roleArn));
      return credentials.mfaSerial === undefined ? role : `${role} · ${from.mfa}`;
    }
  }
}

export function reachFacts(connection: KmsConnection, text: SettingsText): string[] {
  const { region, endpoint, proxy } = connection;
  return [
    region === undefined ? text.regionFromProfile : text.region(printable(region)),
    ...(endpoint === undefined ? [] : [text.endpoint(printable(endpoint))]),
    ...(connection.fips === true ? [text.fips] : []),
    ...(connection.dualStack === true ? [text.dualStack] : []),
    ...(proxy === undefined ? [] : [text.proxy(printable(proxy))]),
    ...(connection.caFile === undefined ? [] : [text.ownCa]),
  ];
}
