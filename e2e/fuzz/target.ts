/** @file Something that takes bytes from anywhere, and what must hold whatever they are. */

export type Target = {
  name: string;
  /** The files whose blocks are counted, by what their address contains. */
  watched: readonly string[];
  /** What the corpus begins with: at least one that is accepted. */
  seeds: () => readonly Uint8Array[];
  /** Pieces of the language that chance would not find. */
  words: readonly string[];
  /** Reads `bytes`. @returns whether they were accepted. @throws whatever must not be */
  run: (bytes: Uint8Array) => boolean;
};

/** What must hold did not. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** @throws Broken unless `holds` */
export function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}
