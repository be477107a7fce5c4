/** @file Newer versions of the program. */
import type { ErrorCode } from '../../shared/errors.ts';
import type { SentenceOf } from './facts.ts';

export const updatesEn = {
  title: 'Newer versions',
  off: {
    'no-feed': 'This Envelope was made without a place to look for newer versions. It looks for none.',
    managed: 'The administrator of this computer sees to newer versions. This program looks for none.',
    package: 'This Envelope was installed as a package of your system, which brings newer versions.',
  },
  why: 'Looking asks the web server of who made this program for one small file, and tells it nothing but your network address. A newer version is installed only if it is signed by them, and never while files are being worked on.',
  byItself: 'Look once a day',
  look: 'Check now',
  looking: 'Looking for a newer version…',
  newest: (when: string) => `This is the newest version. Looked on ${when}.`,
  found: (version: string) => `Version ${version} is there.`,
  load: 'Download it',
  loading: (version: string, percent: string) => `Downloading version ${version}: ${percent}`,
  ready: (version: string) => `Version ${version} is ready. Envelope closes, and opens again with it.`,
  install: 'Install and restart',
};

export type UpdatesText = typeof updatesEn;

export const updateErrorsEn = {
  'update-untrusted': () => ({
    what: 'What the web server says of a newer version is not signed by who makes Envelope. Nothing was installed.',
    next: 'Tell who gave you Envelope. The program stays as it is.',
  }),
  'update-failed': () => ({
    what: 'Newer versions could not be looked for, or one could not be downloaded.',
    next: 'Check the network and try again. The program stays as it is.',
  }),
  'update-busy': () => ({
    what: 'Files are being worked on.',
    next: 'Install the newer version when they are done.',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
