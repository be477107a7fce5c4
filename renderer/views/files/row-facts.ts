/** @file What a row and a batch say of themselves, as parts of one line. */
import type { Batch, Row } from '../../../shared/desktop.ts';
import { isOver } from '../../store/jobs.ts';
import type { InLanguage } from '../../text/useLanguage.tsx';
import { batchSecondsLeft, secondsLeft } from './progress.ts';

type Words = Pick<InLanguage, 'text' | 'format'>;

/** What is being done, or was: the line below the name. */
export function rowFacts(row: Row, { text, format }: Words): string[] {
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
  if (row.state !== 'done') return [words.states[row.state], format.size(row.size)];
  return [
    words.done[row.operation],
    format.size(row.size),
    ...(row.place === undefined ? [] : [words.inPlace(row.place)]),
    ...(row.binned ? [words.binned] : []),
    ...(row.notes.length > 0 ? [words.notesCount(row.notes.length)] : []),
  ];
}

/** `12 files sealed`, `Sealing 4 files` */
export function batchTitle(batch: Batch, { text, format }: Words): string {
  const words = text.files.batch;
  return isOver(batch)
    ? words.done[batch.operation](batch.doneFiles, format.number(batch.doneFiles))
    : words.doing[batch.operation](batch.files, format.number(batch.files));
}

/** What stands below the title: how far, or how it ended. */
export function batchFacts(batch: Batch, { text, format }: Words): string[] {
  const words = text.files.batch;
  const counts = [
    ...(batch.failedFiles > 0 ? [words.failed(format.number(batch.failedFiles))] : []),
    ...(batch.skippedFiles > 0 ? [words.skipped(format.number(batch.skippedFiles))] : []),
    ...(batch.leftOut > 0 ? [words.leftOut(format.number(batch.leftOut))] : []),
  ];
  if (isOver(batch)) {
    const ended = batch.state === 'cancelled' ? [words.cancelled] : [];
    return [...ended, format.size(batch.doneBytes), ...counts, format.time(batch.ended ?? batch.started)];
  }
  const left = batchSecondsLeft(batch);
  return [
    ...(batch.state === 'waiting' ? [words.waiting] : []),
    text.files.ofBytes(format.size(batch.doneBytes), format.size(batch.bytes)),
    ...(batch.speed > 0 ? [format.speed(batch.speed)] : []),
    ...(left === undefined ? [] : [text.common.timeLeft(format.duration(left))]),
    ...counts,
  ];
}

/** How a batch ended, for who cannot see it. */
export function announcementOf(batch: Batch, words: Words): string {
  const { announce, batch: counts } = words.text.files;
  const what = batchTitle(batch, words);
  if (batch.state === 'cancelled') return announce.cancelled(what);
  if (batch.failedFiles === 0) return announce.done(what);
  return announce.failed(what, counts.failed(words.format.number(batch.failedFiles)));
}
