export const promptsEn = {
  waits: 'Work waits for this answer.',
  again: {
    passphrase: 'That passphrase does not open the key. Capital letters and the keyboard’s language count.',
    mfa: 'AWS did not take that code. Each code works once: wait for the next one.',
  },
  unlock: {
    title: (key: string) => `Unlock “${key}”`,
    hint: 'Its passphrase is needed to use this key. It is asked once, and forgotten when you close the program.',
    passphrase: 'Passphrase',
    do: 'Unlock',
  },
  protect: {
    title: (key: string) => `A passphrase for “${key}”`,
    hint: 'It will be asked whenever this key is used. If it is lost, nobody can open what only this key opens.',
    passphrase: 'New passphrase',
    repeat: 'The same again',
    short: 'Take at least 12 characters: several words are easy to keep.',
    different: 'The two are not the same.',
    do: 'Protect',
  },
  mfa: {
    title: 'MFA code',
    hint: (serial: string) => `AWS asks for the code that your device shows now (${serial}).`,
    code: 'Six digits',
    do: 'Go on',
  },
  session: {
    title: (connection: string) => `The session of “${connection}” is over`,
    hint: 'Sign in again, then go on. Everything that waits continues with the new session.',
    hintHere: 'Sign in, and everything that waits goes on by itself.',
    do: 'I have signed in: go on',
    done: 'I have signed in elsewhere',
    no: 'Stop this work',
  },
  secret: {
    title: (connection: string) => `“${connection}” needs its access key`,
    missing: 'The secret of its access key is not set, or was kept only until the program was closed.',
    hint: 'Enter the key, and everything that waits goes on.',
    do: 'Go on',
  },
};

export type PromptsText = typeof promptsEn;
