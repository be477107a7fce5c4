import path from 'node:path';
import { toName } from '../envelope/names.ts';

/** A member of a folder: its name as the system gave it, and as an archive holds it. */
export type Sibling = {
  bytes: Buffer;
  name: string;
  /** Whether `name` is the system's own. */ kept: boolean;
};

const longestExtension = 16;

/** `name` with a number before its extension, cut to 255 bytes at a character boundary: `report (2).pdf`. */
export function numberedToFit(name: string, number: number): string {
  const last = path.posix.extname(name);
  const extension = Buffer.byteLength(last) <= longestExtension ? last : '';
  const end = ` (${number})${extension}`;
  const stem = Array.from(name.slice(0, name.length - extension.length));
  while (Buffer.byteLength(stem.join('') + end) > 255) stem.pop();
  return stem.join('') + end;
}

/**
 * The members of one folder in archive order, each under a name that obeys FORMAT.md section 2 and that no other has.
 * Names that obey the rule are kept. The others, in the byte order of the system's names, get theirs with the offending
 * parts replaced, and a number if that is taken: the same folder always gives the same names.
 */
export function siblingNames(members: readonly Buffer[]): Sibling[] {
  const siblings = [...members]
    .sort((a, b) => Buffer.compare(a, b))
    .map((bytes) => {
      const name = toName(bytes);
      return { bytes, name, kept: bytes.equals(Buffer.from(name)) };
    });
  // Their bytes are the names' bytes: they are in order already.
  if (siblings.every(({ kept }) => kept)) return siblings;
  const taken = new Set(siblings.filter(({ kept }) => kept).map(({ name }) => name));
  const lastNumbers = new Map<string, number>();
  for (const sibling of siblings) {
    if (sibling.kept) continue;
    const replaced = sibling.name;
    let number = lastNumbers.get(replaced) ?? 1;
    while (taken.has(sibling.name)) sibling.name = numberedToFit(replaced, ++number);
    lastNumbers.set(replaced, number);
    taken.add(sibling.name);
  }
  return siblings.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}
