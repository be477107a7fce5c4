/** @file A folder as one archive (FORMAT.md section 2, Folders): what will stand in it, and where. */
import type { DiskPath } from './disk-path.ts';

/** A path inside an archive: at most so many bytes of UTF-8, at most so many components. */
export const MAX_PATH_BYTES = 4096;
export const MAX_COMPONENTS = 128;

/** Something found in a folder, in archive order: siblings in byte order, a directory right before what is in it. */
export type FolderEntry = {
  kind: 'file' | 'folder';
  /** Path inside the archive: relative, `/`-separated, every component obeying the rule of `name`. */
  path: string;
  /** Where it lies on this disk. */
  source: DiskPath;
  /** Bytes of the file; 0 for a folder. */
  size: number;
  /** Permission bits. */
  mode: number;
  /** Whole milliseconds since 1970, rounded down, within the years 0000 to 9999. */
  modifiedMs: number;
  /** Identity at planning time; a later read that finds another fails as `source-changed`. */
  device: bigint;
  inode: bigint;
  modifiedNs: bigint;
};

export type ArchiveEntry = FolderEntry & {
  /** Archive offset of the entry's first header block. */
  offset: number;
};

/** Every byte of the archive is determined by this plan and the files' bytes, so it can be read at any offset. */
export type ArchivePlan = {
  /** The folder, and the paths in it that are not part of the archive, as the planner was given them. */
  folder: string;
  exclude: readonly string[];
  entries: readonly ArchiveEntry[];
  /** Archive bytes, end blocks included. */ size: number;
};

/** What the archive does not keep, for the user to be told. */
export type LeftOut = { path: string; why: 'link' | 'special' | 'unreadable' | 'sealed' | 'policy' };
