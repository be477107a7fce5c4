/** @file Which AWS accounts may be called, and who says so. */
import { counted } from './counted.ts';

export const trustEn = {
  title: 'AWS accounts that may be asked',
  why: 'An envelope names the account and region of its key. Only what is in this list is called without a question; you are asked about everything else.',
  empty: 'No account yet: you are asked before the first call.',
  place: (region: string) => `in ${region}`,
  everyRegion: 'in every region',
  ownRegions: 'in the regions of your connections and keys',
  forget: 'Forget',
  forgetOf: (account: string) => `Forget account ${account}`,
  byAdministrator: 'Set by your administrator',
  fixed: (path: string) =>
    `Your administrator has fixed this list: other accounts are not called, and you are not asked (${path}).`,
  extended: (path: string) => `Your administrator has added to this list (${path}).`,
  unused: 'Not used, because the list is fixed',
  keys: 'Keys that every new envelope gets',
  keysToo: (count: number, number: string) =>
    `${counted(count, number, 'key of your administrator opens', 'keys of your administrator open')} them too, whatever you choose. Settings says which.`,

  prompt: {
    title: {
      account: 'An AWS account that is not yours',
      region: 'A region you do not use',
      partition: 'A part of AWS you do not use',
    },
    hint: {
      account: (account: string, region: string) =>
        `A key of this envelope belongs to the AWS account ${account} in ${region}. To open it, that account must be asked, and it then learns that you hold this envelope.`,
      region: (account: string, region: string) =>
        `A key of this envelope is in ${region}. You have used the AWS account ${account}, but not there. To open it, a call must go to that region.`,
      partition: (account: string, region: string) =>
        `A key of this envelope is in ${region}. You have used an AWS account ${account}, but in another part of AWS: there it belongs to somebody else.`,
    },
    key: 'Key',
    facts: { account: 'Account', region: 'Region', partition: 'Partition', endpoint: 'Address called' },
    advice: 'Say yes only if you expect such an envelope. “Always” can be taken back in Settings.',
    once: 'Only this time',
    always: 'Always',
    no: 'Do not ask it',
  },
};

export type TrustText = typeof trustEn;
