/** @file What a row and a batch say of themselves, as parts of one line. */
import type { Batch, Row } from '../../../shared/desktop.ts';
import { isOver } from '../../store/jobs.ts';
import type { InLanguage } from '../../text/useLanguage.tsx';
import { batchSecondsLeft, secondsLeft } from './progress.ts';

type Words = Pick<InLanguage, 'text' | 'format'>;

/** What is being done, or was: the line below the name, but for {@link placeFact}. `alone`: no batch says when. */
export function rowFacts(
  row: Row,
  { text, format, noted }: Pick<InLanguage, 'text' | 'format' | 'noted'>,
  alone = false,
): string[] {
  const words = text.files;
  if (row.state === 'running') {
    if (row.size > 0 && row.done >= row.size) return [words.finishing];
    const left = secondsLeft(row);
    return [
      words.doing[row.operation],
      words.ofBytes(format.size(row.done), format.size(row.size)),
      ...(row.speed > 0 ? [format.speed(row.speed)] : []),
      ...(left === undefined ? [] : [text.common.timeLeft(format.duration(left))]),
    ];
  }
  const [note] = row.notes;
  const notes = row.notes.length === 1 && note !== undefined ? [noted(note)] : [];
  const many = row.notes.length > 1 ? [words.notesCount(row.notes.length)] : [];
  return [
    row.state === 'done' ? words.done[row.operation] : words.states[row.state],
    // Before all that a narrow window cuts off: it is not sealed as it was meant to be.
    ...(row.waiting === undefined || row.waiting.length === 0
      ? []
      : [text.waiting.row(format.list(row.waiting))]),
    ...(row.state === 'done' || row.size > 0 ? [format.size(row.size)] : []),
    ...(alone && row.ended !== undefined ? [format.time(row.ended)] : []),
    ...(row.binned ? [words.binned] : []),
    ...notes,
    ...many,
  ];
}

/** The name that a result has if nothing was in the way. */
function expectedName({ operation, name }: Row): string {
  return operation === 'seal' ? `${name}.envelope` : name;
}

/** Where the result is, and what it is called if that is not plain: `in /docs`, `as “a (2).pdf.envelope” in /docs`. */
export function placeFact(row: Row, { text }: Words): string | undefined {
  if (row.place === undefined || row.state !== 'done') return undefined;
  const { inFolder, asInFolder, openedFrom } = text.files;
  const cut = row.place.search(/[^/\\]*$/);
  // Of `/` and `C:\` the last separator is a part.
  const folder = row.place.slice(0, cut).replace(/(?<=[^:/\\])[/\\]$/, '');
  const name = row.place.slice(cut);
  const where = name === expectedName(row) ? inFolder(folder) : asInFolder(name, folder);
  const from = row.from !== undefined && row.from !== `${row.name}.envelope` ? [openedFrom(row.from)] : [];
  return [...from, where].join(' · ');
}

/** `12 files sealed`, `2 files could not be opened`, `Sealing 4 files` */
export function batchTitle(batch: Batch, { text, format }: Words): string {
  const words = text.files.batch;
  const { operation, doneFiles, failedFiles, skippedFiles } = batch;
  if (!isOver(batch)) return words.doing[operation](batch.files, format.number(batch.files));
  const failed = failedFiles > 0 ? [words.others[operation](format.number(failedFiles))] : [];
  const skipped = skippedFiles > 0 ? [words.skipped(format.number(skippedFiles))] : [];
  if (batch.state === 'cancelled') {
    const done =
      doneFiles === 0
        ? words.cancelledFirst[operation]
        : words.cancelled[operation](format.number(doneFiles), format.number(batch.files));
    return words.clauses([done, ...failed, ...skipped]);
  }
  if (doneFiles > 0) {
    const done = words.done[operation](doneFiles, format.number(doneFiles));
    return words.clauses([done, ...failed, ...skipped]);
  }
  if (failedFiles > 0) {
    const undone = words.undone[operation](failedFiles, format.number(failedFiles));
    return words.clauses([undone, ...skipped]);
  }
  if (skippedFiles > 0) return words.allSkipped(skippedFiles, format.number(skippedFiles));
  return words.nothing[operation];
}

/** What stands below the title: how far, or what else there is to say at the end. */
export function batchFacts(batch: Batch, { text, format }: Words): string[] {
  const words = text.files.batch;
  const leftOut = batch.leftOut > 0 ? [words.leftOut(format.number(batch.leftOut))] : [];
  if (isOver(batch)) {
    const size = batch.doneFiles > 0 ? [format.size(batch.doneBytes)] : [];
    return [...size, ...leftOut, format.time(batch.ended ?? batch.started)];
  }
  const left = batchSecondsLeft(batch);
  return [
    ...(batch.state === 'waiting' ? [words.waiting] : []),
    text.files.ofBytes(format.size(batch.doneBytes), format.size(batch.bytes)),
    ...(batch.speed > 0 ? [format.speed(batch.speed)] : []),
    ...(left === undefined ? [] : [text.common.timeLeft(format.duration(left))]),
    ...(batch.failedFiles > 0 ? [words.failed(format.number(batch.failedFiles))] : []),
    ...(batch.skippedFiles > 0 ? [words.skipped(format.number(batch.skippedFiles))] : []),
    ...leftOut,
  ];
}

/** How a batch ended, for who cannot see it. */
export function announcementOf(batch: Batch, words: Words): string {
  const { announce } = words.text.files;
  const what = batchTitle(batch, words);
  return batch.state === 'cancelled' ? announce.cancelled(what) : announce.done(what);
}
