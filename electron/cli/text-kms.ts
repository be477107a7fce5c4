/** @file Sentences for what AWS KMS and its credentials answer (kms.md section 4). */
import type { ErrorCode } from '../../shared/errors.ts';
import { type KmsMistake, kmsMistakeOf } from '../../shared/kms-mistake.ts';
import type { Facts, Sentence, SentenceOf } from './facts.ts';

/** Which of AWS's services was called. */
const service = (facts: Facts): string => facts.text('service') ?? 'AWS KMS';

/** `the KMS key “…” in eu-central-1` */
const theKey = (facts: Facts): string =>
  `the KMS key${facts.if('key', ' “%”')}${facts.if('region', ' in %')}`;

/** What is asked of an account and not of a key, by its action. */
const accountDeeds: Readonly<Record<string, string>> = {
  ListAliases: 'list the KMS keys of this account',
  CreateKey: 'create KMS keys in this account',
  GetCallerIdentity: 'ask who you are',
};

/** What was refused: `use the KMS key “…” in eu-central-1 for Decrypt` */
function refusedDeed(facts: Facts): string {
  const deed = accountDeeds[facts.text('action') ?? ''];
  return deed === undefined
    ? `use ${theKey(facts)}${facts.if('action', ' for %')}`
    : `${deed}${facts.if('region', ' in %')}`;
}

/** `kms:GenerateDataKey`, the permission that an action needs. */
const permission = (facts: Facts): string => facts.if('action', 'kms:%') || 'the permission it needs';

/** `aws:111122223333 in eu-central-1` */
const placeOf = (facts: Facts): string =>
  `${facts.text('account') ?? 'of somebody else'}${facts.if('region', ' in %')}`;

const novelties: Readonly<Record<string, string>> = {
  region: 'a region in which you have not used that account',
  partition: 'a partition in which you have not used that account',
};

function accountUnknown(facts: Facts): Sentence {
  const novelty = novelties[facts.text('unfamiliar') ?? ''] ?? 'an account that is not one of yours';
  const trusted = `${facts.text('account') ?? 'PARTITION:NUMBER'}:${facts.text('region') ?? 'REGION'}`;
  return {
    what: `A key of this envelope belongs to the AWS account ${placeOf(facts)}: ${novelty}. It was not called.`,
    next: `If you expect it, add --trust-account ${trusted}; it is then remembered.`,
  };
}

const mistakes: Readonly<Record<KmsMistake, string>> = {
  'alias-taken': 'There already is an alias of this name: choose another.',
  'alias-form': 'An alias is alias/ and letters, digits, /, _ and -, and does not begin with alias/aws/.',
  'key-form': 'A key is given as alias/name, key id or ARN; check how it is written.',
  'grant-token': 'The grant token is not valid any more. Ask whoever gave it for another.',
  'key-policy': 'The policy of the key is not valid. Correct it in the AWS console.',
  tag: 'A tag of the key is not valid. Correct it in the AWS console.',
  unsupported: 'This key cannot do that: its material or key store does not allow it. Choose another key.',
  'at-once': 'Somebody else is changing the key right now. Try again in a moment.',
};

export const kmsSentences = {
  'account-unknown': accountUnknown,
  'account-forbidden': (facts, ways) => ({
    what: `A key belongs to the AWS account ${placeOf(facts)}. Your administrator allows no calls there, so none was made.`,
    next: ways.besides(
      `Ask whoever administers this computer; the list stands in ${facts.quoted('path', 'their file')}.`,
    ),
  }),
  'kms-access-denied': (facts, ways) => ({
    what: `AWS does not allow you to ${refusedDeed(facts)}.`,
    next: `${ways.or(`Ask its administrator for ${permission(facts)}.`)} Check also that this is the right account and profile.`,
  }),
  'kms-key-not-found': (facts, ways) => ({
    what: `AWS does not have ${theKey(facts)}.`,
    next: ways.besides(
      'It may have been deleted; check its name, the account and the region (--profile, --region).',
    ),
  }),
  'kms-key-disabled': (facts, ways) => ({
    what: `It was refused because ${theKey(facts)} is disabled${facts.if('deletion', ' and will be deleted on %')}.`,
    next: ways.after('Whoever administers the key can enable it again in the AWS console'),
  }),
  'kms-key-state': (facts, ways) => ({
    what: `Now ${theKey(facts)} cannot be used${facts.if('state', ': its state is %')}${facts.if('deletion', ', and it will be deleted on %')}.`,
    next: ways.besides(
      'A deletion that is pending can be cancelled in the AWS console; other states pass by themselves.',
    ),
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
  'kms-key-usage': (facts, ways) => ({
    what: `It is not a symmetric encryption key: ${theKey(facts)} signs, or has another use.`,
    next: ways.besides('A symmetric key for encrypting and decrypting is needed.'),
  }),
  'kms-request-invalid': (facts, ways) => {
    const mistake = kmsMistakeOf(facts.text('name'));
    return {
      what: `AWS KMS refuses the request${facts.if('key', ' for “%”')}${facts.if('name', ' (%)')}.`,
      next:
        ways.phrases.length === 0
          ? mistakes[mistake ?? 'key-form']
          : `${mistakes[mistake ?? 'key-form']} ${ways.or('')}`,
    };
  },
  'kms-quota': (facts) => ({
    what: `The AWS account has reached one of its limits${facts.if('name', ' (%)')}.`,
    next: 'See Service Quotas in the AWS console, or remove what is no longer used.',
  }),
  'kms-answer-wrong': (facts) => ({
    what: `The KMS gave an answer that cannot be right for ${theKey(facts)}; it was not used.`,
    next: 'Check the endpoint and the proxy: something between here and AWS changes answers.',
  }),
  'kms-offline': (facts) => ({
    what: `${service(facts)} could not be reached${facts.if('region', ' in %')}${facts.if('name', ' (%)')}.`,
    next:
      facts.text('action') === 'GenerateDataKey'
        ? 'Check the network, VPN, proxy and endpoint. “envelope seal --offline-ok” seals with the key of this computer until then.'
        : 'Check the network, VPN, proxy and endpoint.',
  }),
  'kms-tls': () => ({
    what: 'The certificate of the KMS or of a proxy on the way is not trusted.',
    next: 'If your company inspects connections, give its certificate with “envelope keys aws connect … --ca-file”.',
  }),
  'kms-endpoint-refused': (facts) => ({
    what: `The endpoint ${facts.quoted('endpoint', facts.quoted('hostname', 'that was given'))} is not private: it must be https, or plain http on this computer.`,
    next: 'Use an https endpoint.',
  }),
  'kms-region-missing': () => ({
    what: 'It is not known in which AWS region to look.',
    next: 'Give --region, name the key by its ARN, or set a region in the profile.',
  }),
  'credentials-missing': (facts, ways) => ({
    what: `No AWS credentials were found${facts.if('profile', ' for the profile “%”')}.`,
    next: ways.after('Choose a profile with --profile'),
  }),
  'credentials-invalid': () => ({
    what: 'AWS does not know these credentials, or their secret is wrong.',
    next: 'Check the profile, and that it is for the same partition as the key.',
  }),
  'credentials-expired': (facts, ways) => ({
    // The SDK says the same whether there was ever one or not.
    what:
      facts.is('none') || facts.text('name')?.endsWith('ProviderError')
        ? `There is no AWS session${facts.if('profile', ' of the profile “%”')}, or it has expired.`
        : `The AWS session${facts.if('profile', ' of the profile “%”')} has expired.`,
    next: `${ways.or('Sign in again.')} Then repeat the command.`,
  }),
  'credentials-mfa': (facts) =>
    facts.is('wrong')
      ? {
          what: 'AWS takes none of the MFA codes that were given.',
          next: 'Look whether it is the right device and its clock is right, then try again.',
        }
      : {
          what: `AWS asks for an MFA code${facts.if('serial', ' of %')}, and none was given.`,
          next: 'Give it on a terminal, or sign in first and use that session’s profile.',
        },
  'sign-in-denied': (_, ways) => ({
    what: 'The sign-in was declined in the browser.',
    next: `${ways.or('Start it again.')} Allow it if the browser shows the same code as here.`,
  }),
  'sign-in-expired': (_, ways) => ({
    what: 'The sign-in was not confirmed in time, so its code is worth nothing any more.',
    next: ways.or('Start it again.'),
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
    next: 'Choose another account or role, or ask the administrator of IAM Identity Center for it.',
  }),
  'clock-skewed': (facts) => ({
    what: `AWS refuses the request because this computer’s clock is wrong${facts.if('here', ': it says %')}${facts.if('there', ', AWS says %')}.`,
    next: 'Set the clock (to within a few minutes) and try again.',
  }),
  'kms-unexpected': (facts) => ({
    what: `AWS KMS answered something this version does not know${facts.if('name', ': %')}.`,
    next: `Look this up in the documentation of AWS KMS${facts.if('requestId', '; the request’s id is %')}.`,
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
