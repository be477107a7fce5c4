/**
 * @file SECURITY: the addresses that are given to the system. The page names them by id and cannot add one. The only other
 * ones are pages to sign in on, which keys/aws/sso/page.ts lets through.
 */
import type { LinkId } from '../../shared/contract.ts';
import { isLoopback } from '../settings/loopback.ts';

/** A page of the web, or a document that lies beside the program. */
export type Link = { url: string } | { document: string };

export const links: Readonly<Record<LinkId, Link>> = {
  help: { document: 'README.html' },
  format: { document: 'FORMAT.html' },
  'kms-pricing': { url: 'https://aws.amazon.com/kms/pricing/' },
  'aws-sign-in': { url: 'https://console.aws.amazon.com/' },
};

/** SECURITY: a page for a browser and for no other program: https, or an emulator's on this computer. */
export function isWebPage(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
}
