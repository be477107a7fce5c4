/** @file What AWS denies, and what an administrator would have to add. */
export const deniedEn = {
  find: 'Show what must be allowed',
  asking: 'Asking AWS what exactly is denied, by dry runs…',
  who: 'Who asks',
  unknownWho: 'Not known: AWS STS did not answer',
  owner: 'Whose key it is',
  ownerIs: (account: string, region: string) => `Account ${account}, in ${region}`,
  denied: 'Denied',
  key: 'Key',
  allowed:
    'Dry runs say that it is allowed now. Try again. If it is refused again, a policy asks for other labels, or another network.',
  caller: 'The smallest policy, for whoever asks',
  callerHint:
    'It allows what was denied, on this key, and nothing more. The key’s own policy must let it count.',
  keyPolicy: 'To be added to the policy of the key itself',
  keyPolicyHint: 'The key belongs to another account, so both sides must allow it.',
  send: 'Send this to whoever administers the AWS account.',
};

export type DeniedText = typeof deniedEn;
