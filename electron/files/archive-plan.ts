/** @file A folder as one archive (FORMAT.md section 2, Folders): what will stand in it, and where. */

/** One entry, in archive order: siblings in byte order, a directory before what is in it. */
export type ArchiveEntry = {
  kind: 'file' | 'folder';
  /** Path inside the archive: relative, `/`-separated, every component obeying the rule of `name`. */
  path: string;
  /** Where it lies on this disk. */
  source: string;
  /** Bytes of the file; 0 for a folder. */
  size: number;
  /** Permission bits. */
  mode: number;
  /** Whole milliseconds since 1970. */
  modifiedMs: number;
  /** Identity at planning time; a later read that finds another fails as `source-changed`. */
  device: bigint;
  inode: bigint;
  modifiedNs: bigint;
  /** Archive offset of the entry's first header block. */
  offset: number;
};

/** Every byte of the archive is determined by this plan and the files' bytes, so it can be read at any offset. */
export type ArchivePlan = {
  entries: readonly ArchiveEntry[];
  /** Archive bytes, end blocks included. */ size: number;
};

/** What the archive does not keep, for the user to be told. */
export type LeftOut = { path: string; why: 'link' | 'special' | 'unreadable' | 'sealed' };
