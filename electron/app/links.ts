/** @file SECURITY: the only addresses that are ever given to the system. The page names them by id and cannot add one. */
import type { LinkId } from '../../shared/contract.ts';

/** A page of the web, or a document that lies beside the program. */
export type Link = { url: string } | { document: string };

export const links: Readonly<Record<LinkId, Link>> = {
  help: { document: 'README.html' },
  format: { document: 'FORMAT.html' },
  'kms-pricing': { url: 'https://aws.amazon.com/kms/pricing/' },
  'aws-sign-in': { url: 'https://console.aws.amazon.com/' },
};
