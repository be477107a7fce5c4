/** @file Sentences for notes: what went otherwise than expected, without harm. */
import type { ErrorRecord } from '../../shared/errors.ts';
import type { CopyReason, Note, NoteCode } from '../../shared/notes.ts';
import { printable } from './escape.ts';

function whyKept(error: ErrorRecord | undefined): string {
  if (error === undefined) return 'it holds links or special files that are not in the archive';
  return error.code === 'source-changed' ? 'it has changed since' : 'the bin did not take it';
}

const notKept: Record<CopyReason, string> = {
  'too-large': 'it is too large for the space that copies have',
  'folder-missing': 'the folder of copies is not there',
  silent: 'the folder of copies does not answer',
  'disk-full': 'the disk of the copies is full',
  settings: 'the settings cannot be used',
  unwritable: 'there is no writing in the folder of copies',
  'disk-failed': 'their disk failed',
};

const sentences: Record<NoteCode, (note: Note) => string> = {
  'time-not-restored': () => 'its time could not be restored',
  'permissions-not-restored': () => 'its permissions could not be restored',
  'name-changed': ({ name }) =>
    name === undefined
      ? 'this system cannot hold its name, so it has another'
      : `this system cannot hold the name “${printable(name)}”`,
  'web-mark-not-set': () => 'the mark of the web could not be set',
  'original-kept': ({ error }) => `the original was kept: ${whyKept(error)}`,
  'opening-untried': () =>
    'the original was kept: whether the result opens could not be tried, for its key may be used here for sealing only; somebody who may open it should run “envelope verify”, or seal with a key of this computer too',
  'copy-not-kept': ({ why = 'disk-failed' }) => `no copy of the envelope was kept: ${notKept[why]}`,
  'run-finished': () => 'an earlier run was interrupted; it was finished now',
  'run-removed': () => 'an earlier run was interrupted; its unfinished files were removed',
  'run-kept': () => 'an earlier run was interrupted; this is kept, for it may be the only way to open a body',
  'run-waits': () => 'an earlier run was interrupted on a disk that is not there now',
  'run-failed': () => 'what an earlier run left could not be treated',
};

/** What a note says of its path. Printable. */
export function noteText(note: Note): string {
  return sentences[note.code](note);
}
