/** @file A sealed folder's archive (FORMAT.md section 2, Folders): what is accepted is what others read in it, and inside. */
import { readdirSync } from 'node:fs';
import { Parser } from 'tar/parse';
import {
  archiveEnd,
  fileBlock,
  folderBlock,
  handBlock,
  handPax,
  padded,
  paxRecord,
  temporaryFolder,
} from '../../../electron/files/archive-fixture.ts';
import { ArchiveSink } from '../../../electron/files/archive-sink.ts';
import { isEnvelopeError } from '../../../shared/errors.ts';
import { must, type Target } from '../target.ts';

const BLOCK = 512;
/** What the system, not the archive, stands in the way of. */
const OF_THE_SYSTEM = ['name-taken', 'name-impossible'];

/** Feeds `bytes` in pieces of `size`. @returns why it is refused, undefined if it is not */
function outcomeOf(bytes: Uint8Array, size: number, directory?: string): string | undefined {
  using sink = new ArchiveSink({ directory, mask: 0o022 });
  try {
    for (let at = 0; at < bytes.length; at += size) sink.push(bytes.subarray(at, at + size));
    sink.finish();
    return undefined;
  } catch (error) {
    if (isEnvelopeError(error, 'archive-invalid')) return String(error.details['reason']);
    if (isEnvelopeError(error) && directory !== undefined && OF_THE_SYSTEM.includes(error.code))
      return error.code;
    throw error;
  }
}

/** Sums that chance would never get right, put right: a stranger who makes an archive does so too. */
function withSums(bytes: Uint8Array, change: (block: Buffer) => void = () => {}): Buffer {
  const copy = Buffer.from(bytes);
  for (let at = 0; at + BLOCK <= copy.length; at += BLOCK) {
    const block = copy.subarray(at, at + BLOCK);
    if (block.toString('latin1', 257, 262) !== 'ustar') continue;
    change(block);
    block.fill(0x20, 148, 156);
    const sum = block.reduce((total, byte) => total + byte, 0);
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  }
  return copy;
}

/** The name of a pax header itself says nothing, and we do not look at it; the library demands that there is one. */
function nameOfPax(block: Buffer): void {
  if (block[156] === 0x78 && block[0] === 0) block[0] = 0x78;
}

/** Every path in it, as the tar library reads it. */
function readByOthers(bytes: Uint8Array): string[] {
  // Of an empty archive it says that this is none.
  if (bytes.every((byte) => byte === 0)) return [];
  const paths: string[] = [];
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      paths.push(entry.path.replace(/\/$/, ''));
      entry.resume();
    },
  });
  parser.end(withSums(bytes, nameOfPax));
  return paths.sort();
}

/** The first byte says in how large pieces it comes, and whether sums are put right; the rest is the archive. */
function run(input: Uint8Array): boolean {
  const [first = 0] = input;
  const bytes = first % 2 === 0 ? withSums(input.subarray(1)) : input.subarray(1);
  const whole = outcomeOf(bytes, BLOCK * 64);
  must(outcomeOf(bytes, 1 + first * 3) === whole, 'it is judged alike however it is cut');
  if (whole !== undefined) return false;
  using outer = temporaryFolder();
  if (outcomeOf(bytes, BLOCK * 64, outer.path) !== undefined) return false;
  const made = readdirSync(outer.path, { recursive: true, encoding: 'utf8' }).sort();
  must(JSON.stringify(made) === JSON.stringify(readByOthers(bytes)), 'others read the same paths in it');
  return true;
}

const archives: readonly (readonly Buffer[])[] = [
  [],
  [handBlock({ path: 'a.txt', size: 5 }), padded('hello')],
  [folderBlock('a'), fileBlock('a/b'), folderBlock('a/c'), fileBlock('a/c/d'), fileBlock('e')],
  [handPax(paxRecord('path', 'ä/ö')), fileBlock('x')],
  [
    folderBlock('d'),
    handPax(paxRecord('path', `d/${'n'.repeat(120)}`) + paxRecord('mtime', '-1.5')),
    fileBlock('x'),
  ],
  [handPax(paxRecord('size', '3')), fileBlock('x'), padded('abc')],
];

const seeds = (): readonly Uint8Array[] =>
  archives.flatMap((blocks) =>
    [254, 255].map((first) => Buffer.concat([Uint8Array.of(first), ...blocks, archiveEnd])),
  );

export const archive: Target = {
  name: 'archive',
  watched: ['/electron/files/archive-', '/envelope/names.ts'],
  seeds,
  words: [
    '../',
    '/etc/x',
    '\0',
    'ustar\x0000',
    'mtime=',
    '12 path=../x\n',
    'size=',
    '\x80\0\0\0',
    '2',
    '5',
    'x',
    '0000644\0',
  ],
  run,
};
