/** @file Signing in at IAM Identity Center, as the page sees it: the code to compare, never a token. */
import type { ErrorRecord } from './errors.ts';

/** What stands for a connection that is not in the settings yet; none there has this name. */
export const DRAFT = '';

/** How a connection stands with its sign-in. Times are ISO. */
export type SignIn =
  /** Its credentials do not come from IAM Identity Center. */
  | { state: 'none' }
  | { state: 'signed-out' }
  /** `renews`: the session goes on without a person. */
  | { state: 'signed-in'; until: string; renews: boolean }
  /** Before there is a code. */
  | { state: 'beginning' }
  /** The browser, which was sent to `url`, shows the same code. */
  | { state: 'confirming'; userCode: string; url: string; until: string }
  | { state: 'failed'; error: ErrorRecord };

export type SignInChange = { connection: string; signIn: SignIn };

/** An account that a person who has signed in may use, by its name there. */
export type SsoAccount = { account: string; name: string };
