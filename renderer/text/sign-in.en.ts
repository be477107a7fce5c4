export const signInEn = {
  title: 'Sign in',
  begin: 'Sign in with the browser',
  again: 'Sign in again',
  beginning: 'Asking AWS for a code…',
  compare:
    'A page of AWS was opened in your browser. Allow the sign-in there only if it shows exactly this code:',
  code: 'Code:',
  until: (time: string) =>
    `The code holds until ${time}. This goes on by itself as soon as you have allowed it.`,
  openAgain: 'Open the page again',
  copyAddress: 'Copy its address',
  signedOut: 'Not signed in.',
  signedIn: (time: string) => `Signed in until ${time}.`,
  renews: 'Signed in; renewed by itself.',

  choose: 'Sign in and choose account and role…',
  chooseAgain: 'Load the list again',
  accounts: 'Your accounts',
  accountChoose: 'Choose an account…',
  accountNamed: (name: string, account: string) => (name === '' ? account : `${name} (${account})`),
  roles: 'Your roles there',
  roleChoose: 'Choose a role…',
};

export type SignInText = typeof signInEn;
