import type { CopyReason, Note, NoteCode, WrittenNote } from '../../shared/notes.ts';
import { printable } from './printable.ts';

type NoteOf = (note: Note) => string;

const about = ({ path }: Note): string => (path === undefined ? '' : ` of “${printable(path)}”`);

function whyKept({ error }: Note): string {
  if (error === undefined) return 'it holds links or special files that are not in the archive';
  return error.code === 'source-changed' ? 'it has changed since' : 'the bin did not take it';
}

const notKept: Record<CopyReason, string> = {
  'too-large': 'it is too large for the space that copies have',
  'folder-missing': 'the folder of copies is not there',
  silent: 'the folder of copies does not answer',
  'disk-full': 'the disk of the copies is full',
  settings: 'the settings cannot be used',
  unwritable: 'the folder of copies cannot be written to',
  'disk-failed': 'their disk failed',
};

/** Sentences for what went otherwise than expected, without harm. */
export const notesEn = {
  'time-not-restored': (note) => `The time${about(note)} could not be restored.`,
  'permissions-not-restored': (note) => `The permissions${about(note)} could not be restored.`,
  'name-changed': ({ name, path }) =>
    `This system cannot hold the name “${printable(name ?? path ?? '')}”, so another was given.`,
  'web-mark-not-set': () => 'That it comes from the internet could not be marked.',
  'original-kept': (note) => `The original was kept: ${whyKept(note)}.`,
  'opening-untried': () =>
    'The original was kept: whether the result opens could not be tried, for its key may be used here for sealing only. Let somebody who may open it verify it, or seal with a key of this computer too.',
  'copy-not-kept': ({ why = 'disk-failed' }) => `No copy of the envelope was kept: ${notKept[why]}.`,
  'run-finished': () => 'An earlier run was interrupted; it was finished now.',
  'run-removed': () => 'An earlier run was interrupted; its unfinished files were removed.',
  'run-kept': () =>
    'An earlier run was interrupted; this is kept, for it may be the only way to open a sealed file.',
  'run-waits': () => 'An earlier run was interrupted on a disk that is not there now.',
  'run-failed': () => 'What an earlier run left could not be treated.',
  'as-written': ({ text }: WrittenNote) => printable(text),
} satisfies Record<NoteCode, NoteOf> & { 'as-written': (note: WrittenNote) => string };

export type NotesText = Record<NoteCode, NoteOf> & { 'as-written': (note: WrittenNote) => string };
