import type { Break } from './break.ts';

/** A rule of FORMAT.md that is broken: without it a vector is judged otherwise, or `test` fails where another rule stands behind it. */
export type Sentence = readonly [what: string, file: string, find: string, put: string, test?: string];

export const breaksOf = (sentences: readonly Sentence[]): Break[] =>
  sentences.map(([what, file, find, put, test]) => ({
    what,
    file,
    find,
    put,
    tests: [test ?? 'e2e/vectors.test.ts'],
    // That the vectors are made anew byte for byte may fail for another reason.
    ...(test === undefined ? { named: 'our code' } : {}),
  }));
