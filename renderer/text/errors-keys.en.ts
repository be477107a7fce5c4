/** @file English sentences for what goes wrong with keys, AWS KMS and its credentials. */
import type { ErrorCode } from '../../shared/errors.ts';
import { type KmsMistake, kmsMistakeOf } from '../../shared/kms-mistake.ts';
import type { Facts, SentenceOf } from './facts.ts';

/** `the KMS key “…” in eu-central-1` */
const theKey = (facts: Facts): string =>
  `the KMS key${facts.if('key', ' “%”')}${facts.if('region', ' in %')}`;

/** What is asked of an account and not of a key, by its action. */
const accountDeeds: Readonly<Record<string, string>> = {
  ListAliases: 'list the KMS keys of this account',
  CreateKey: 'create KMS keys in this account',
  GetCallerIdentity: 'ask who you are',
};

/** Which of AWS's services was called. */
const service = (facts: Facts): string => facts.text('service') ?? 'AWS KMS';

/** `aws:111122223333 in eu-central-1` */
const placeOf = (facts: Facts): string =>
  `${facts.text('account') ?? 'of somebody else'}${facts.if('region', ' in %')}`;

const novelties: Readonly<Record<string, string>> = {
  region: 'a region in which you have not used that account',
  partition: 'a partition in which you have not used that account',
};

const mistakes: Readonly<Record<KmsMistake, string>> = {
  'alias-taken': 'There already is an alias of this name: choose another.',
  'alias-form': 'An alias has letters, digits, /, _ and -, and does not begin with aws/.',
  'key-form': 'Check how the key, the alias and the region are written.',
  'grant-token': 'The grant token is not valid any more. Ask whoever gave it for another.',
  'key-policy': 'The policy of the key is not valid. Correct it in the AWS console.',
  tag: 'A tag of the key is not valid. Correct it in the AWS console.',
  unsupported: 'This key cannot do that: its material or key store does not allow it. Choose another key.',
  'at-once': 'Somebody else is changing the key right now. Try again in a moment.',
};

export const keyErrorsEn = {
  'no-key-opens': (facts) =>
    facts.text('untried') !== undefined
      ? {
          what: `The new key ${facts.quoted('untried', '')} cannot be tried here, so the old one was not removed for it.`,
          next: 'Add the new key, and remove the old one apart from it.',
        }
      : {
          what: 'None of its keys could open this envelope.',
          next: 'Restore or connect one of these keys, or ask whoever sealed it to let one of yours open it.',
        },
  'no-key-tried': () => ({
    what: 'None of the keys that would be left opens this here, so none was removed.',
    next: 'Keep or add a key of yours. If others are to open it and you are not, allow that in the plan.',
  }),
  'key-not-found': (facts) => ({
    what: `You have no key ${facts.quoted('name', facts.quoted('key', 'of this name'))}.`,
    next: 'Choose another key, or restore this one from its backup.',
  }),
  'key-damaged': (facts) => ({
    what: `The key${facts.if('key', ' “%”')} is damaged and cannot be used.`,
    next: 'Restore it from a backup, or choose another key.',
  }),
  'key-wrong': () => ({
    what: 'The key that came back is not the key of this file.',
    next: 'The envelope’s list of keys was changed or mixed up. Get the envelope again from a backup.',
  }),
  'key-locked': (facts) => ({
    what: `The key${facts.if('name', ' “%”')} is locked: its passphrase was not given.`,
    next: 'Try again and enter the passphrase.',
  }),
  'passphrase-wrong': (facts) => ({
    what: `The passphrase does not open ${facts.quoted('name', 'this key')}.`,
    next: 'Try again. Capital letters and the keyboard’s language count.',
  }),
  'key-exists': (facts) => ({
    what: `There already is a key ${facts.quoted('name', 'of this name')}.`,
    next: 'Choose another name.',
  }),
  'labels-invalid': (facts) => ({
    what: `These labels cannot be used${facts.if('reason', ': %')}.`,
    next: 'Correct them, or seal without labels.',
  }),
  'account-unknown': (facts) => ({
    what: `A key of this envelope belongs to the AWS account ${placeOf(facts)}: ${
      novelties[facts.text('unfamiliar') ?? ''] ?? 'an account that is not one of yours'
    }. It was not called.`,
    next: 'If you expect it, try again and approve it.',
  }),
  'account-forbidden': (facts) => ({
    what: `A key belongs to the AWS account ${placeOf(facts)}. Your administrator allows no calls there, so none was made.`,
    next: 'Use another key, or ask whoever administers this computer.',
  }),
  'kms-access-denied': (facts) => {
    const deed = accountDeeds[facts.text('action') ?? ''];
    if (deed !== undefined) {
      return {
        what: `AWS does not allow you to ${deed}${facts.if('region', ' in %')}.`,
        next: 'Whoever administers the account can allow it with a policy.',
      };
    }
    return {
      what: `AWS does not allow you to use ${theKey(facts)}${facts.if('action', ' for %')}.`,
      next: 'Whoever administers the key can allow it with a policy. Or choose another key.',
    };
  },
  'kms-key-not-found': (facts) => ({
    what: `AWS does not have ${theKey(facts)}.`,
    next: 'Check its name, the account and the region. It may also have been deleted.',
  }),
  'kms-key-disabled': (facts) => ({
    what: `It was refused because ${theKey(facts)} is disabled${facts.ifTime('deletion', ' and will be deleted on %')}.`,
    next: 'Whoever administers the key can enable it again in the AWS console.',
  }),
  'kms-key-state': (facts) => ({
    what: `Now ${theKey(facts)} cannot be used${facts.if('state', ': its state is %')}${facts.ifTime('deletion', ', and it will be deleted on %')}.`,
    next: 'A deletion that is pending can be cancelled in the AWS console; other states pass by themselves.',
  }),
  'kms-unavailable': (facts) => ({
    what: `${service(facts)} has a temporary fault or is too busy, also after several attempts.`,
    next: 'Try again in a few minutes.',
  }),
  'kms-ciphertext-invalid': (facts) => ({
    what: `What was wrapped under ${theKey(facts)} is damaged, or the envelope’s labels or id were changed.`,
    next: 'Get the envelope again from a backup.',
  }),
  'kms-key-incorrect': (facts) => ({
    what: `The envelope says that it was wrapped under ${theKey(facts)}, which is not true.`,
    next: 'The envelope was changed. Get it again from where it came from.',
  }),
  'kms-key-usage': (facts) => ({
    what: `It is not a symmetric encryption key: ${theKey(facts)} signs, or has another use.`,
    next: 'Choose a symmetric key for encrypting and decrypting.',
  }),
  'kms-request-invalid': (facts) => ({
    what: `AWS KMS refuses the request${facts.if('key', ' for “%”')}${facts.if('name', ' (%)')}.`,
    next: mistakes[kmsMistakeOf(facts.text('name')) ?? 'key-form'],
  }),
  'kms-quota': (facts) => ({
    what: `The AWS account has reached one of its limits${facts.if('name', ' (%)')}.`,
    next: 'See Service Quotas in the AWS console, or remove what is no longer used.',
  }),
  'kms-answer-wrong': (facts) => ({
    what: `The KMS gave an answer that cannot be right for ${theKey(facts)}. It was not used.`,
    next: 'Check the endpoint and the proxy: something between here and AWS changes answers.',
  }),
  'kms-offline': (facts) => ({
    what: `${service(facts)} could not be reached${facts.if('region', ' in %')}.`,
    next: 'Check the network, VPN, proxy and endpoint, then try again.',
  }),
  'kms-tls': () => ({
    what: 'The certificate of the KMS, or of a proxy on the way, is not trusted.',
    next: 'If your company inspects connections, add its certificate to the connection in Settings.',
  }),
  'kms-endpoint-refused': (facts) => ({
    what: `The endpoint ${facts.quoted('endpoint', facts.quoted('hostname', 'that was given'))} is not private: it must be https, or plain http on this computer.`,
    next: 'Set an https endpoint in Settings.',
  }),
  'kms-region-missing': () => ({
    what: 'It is not known in which AWS region to look.',
    next: 'Set a region for the connection in Settings.',
  }),
  'credentials-missing': (facts) => ({
    what: `No AWS credentials were found${facts.if('profile', ' for the profile “%”')}.`,
    next: 'Sign in, or choose where the credentials come from in Settings.',
  }),
  'credentials-invalid': (facts) => ({
    what: `AWS does not know these credentials${facts.if('profile', ' of the profile “%”')}, or their secret is wrong.`,
    next: 'Enter them again in Settings.',
  }),
  'credentials-expired': (facts) => ({
    // The SDK says the same whether there was ever one or not.
    what:
      facts.is('none') || facts.text('name')?.endsWith('ProviderError')
        ? `There is no AWS session${facts.if('profile', ' of the profile “%”')}, or it has expired.`
        : `The AWS session${facts.if('profile', ' of the profile “%”')} has expired.`,
    next: 'Sign in again, then try again.',
  }),
  'credentials-mfa': (facts) =>
    facts.is('wrong')
      ? {
          what: 'AWS takes none of the MFA codes that were given.',
          next: 'Look whether it is the right device and its clock is right, then try again.',
        }
      : {
          what: `AWS asked for an MFA code${facts.if('serial', ' of %')}, and none was given.`,
          next: 'Try again and enter the code.',
        },
  'sign-in-denied': () => ({
    what: 'The sign-in was declined in the browser.',
    next: 'Start it again, and allow it if the browser shows the same code as here.',
  }),
  'sign-in-expired': () => ({
    what: 'The sign-in was not confirmed in time, so its code is worth nothing any more.',
    next: 'Start it again.',
  }),
  'sign-in-invalid': (facts) => ({
    what: `IAM Identity Center${facts.if('region', ' in %')} does not accept the start URL ${facts.quoted('startUrl', 'of this connection')}${facts.if('name', ' (%)')}.`,
    next: 'Check the start URL and its region: your administrator, or the access portal of AWS, shows both.',
  }),
  'sign-in-page': (facts) => ({
    what: `The page to sign in on${facts.if('host', ', on “%”,')} is not one of AWS, so it was not opened.`,
    next: 'Check the endpoint and the proxy: something between here and AWS changes answers.',
  }),
  'sign-in-role': (facts) => ({
    what: `Whoever has signed in may not use ${facts.text('role') === undefined ? 'this role' : `the role ${facts.quoted('role', '')}`}${facts.if('account', ' of the account %')}.`,
    next: 'Choose another account or role in Settings, or ask the administrator of IAM Identity Center for it.',
  }),
  'clock-skewed': (facts) => ({
    what: `AWS refuses the request because this computer’s clock is wrong${facts.ifTime('here', ': it says %')}${facts.ifTime('there', ', AWS says %')}.`,
    next: 'Set the clock to within a few minutes, then try again.',
  }),
  'kms-unexpected': (facts) => ({
    what: `AWS KMS answered something this version does not know${facts.if('name', ': %')}.`,
    next: 'Try again. The details have the request’s id, which AWS support can look up.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
