/** @file Policies of folders: what they say, before anything is sealed, and what was agreed to. */
import { counted } from './counted.ts';

export const policyEn = {
  title: 'What the folders say',
  by: (count: number, number: string) => `${counted(count, number, 'file', 'files')} by the policy`,
  none: (count: number, number: string) =>
    `${counted(count, number, 'file', 'files')} without a policy: sealed as you chose`,
  aside: 'Leave these policies aside',
  leftAside: 'The policies of the folders are left aside: all of it is sealed as you chose.',
  keys: 'Keys',
  labels: 'Labels',
  names: 'Names',
  output: 'Results',
  states: {
    yours: 'yours',
    agreed: 'not yours; you agreed to it',
    asked: 'not yours: you are asked before anything is sealed',
    missing: 'you have no key of this name',
  },

  prompt: {
    title: 'Keys that are not yours',
    hint: 'The policy of this folder wants these keys to open what is sealed there. They are not in your list of keys: whoever holds them can read the files.',
    policy: 'Policy',
    keys: 'Keys',
    advice:
      'Anyone who may write in the folder could have put them there. Agree only if you know whose they are. “Always” holds for this policy, and can be taken back in Settings.',
    once: 'Only this time',
    always: 'Always',
    no: 'Do not seal',
  },

  agreed: 'Keys of folder policies you agreed to',
  agreedWhy: 'They are not yours, but may open what is sealed in these folders.',
  forget: 'Forget',
  forgetOf: (policy: string) => `Forget the keys of ${policy}`,
};

export type PolicyText = typeof policyEn;
