export const accessEn = {
  title: 'Change who can open',
  what: 'Every envelope lists the keys that open it. They can be changed without touching the sealed file.',
  how: 'It is done on the command line: “envelope rewrap --help” says how. “envelope reseal” seals again with a new data key.',
  limit:
    'A key that is taken out no longer opens the changed envelope. Whoever kept an old copy of it, and may still use the old key, can open the file all the same. Only sealing again with a new data key ends that.',
};

export type AccessText = typeof accessEn;
