import type { Operation } from '../../shared/desktop.ts';
import { counted } from './counted.ts';

const files = (count: number, number: string): string => counted(count, number, 'file', 'files');

/** The line of a batch: what is done, or how it ended. */
export const batchEn = {
  /** What became of its files, one kind after the other. */
  clauses: (parts: readonly string[]) => parts.join(', '),
  doing: {
    seal: (count: number, number: string) => `Sealing ${files(count, number)}`,
    open: (count: number, number: string) => `Opening ${files(count, number)}`,
    verify: (count: number, number: string) => `Verifying ${files(count, number)}`,
  } satisfies Record<Operation, (count: number, number: string) => string>,
  done: {
    seal: (count: number, number: string) => `${files(count, number)} sealed`,
    open: (count: number, number: string) => `${files(count, number)} opened`,
    verify: (count: number, number: string) => `${files(count, number)} verified`,
  } satisfies Record<Operation, (count: number, number: string) => string>,
  /** None was done. */
  undone: {
    seal: (count: number, number: string) => `${files(count, number)} could not be sealed`,
    open: (count: number, number: string) => `${files(count, number)} could not be opened`,
    verify: (count: number, number: string) => `${files(count, number)} could not be verified`,
  } satisfies Record<Operation, (count: number, number: string) => string>,
  /** Beside those that were done. */
  others: {
    seal: (number: string) => `${number} could not be sealed`,
    open: (number: string) => `${number} could not be opened`,
    verify: (number: string) => `${number} could not be verified`,
  } satisfies Record<Operation, (number: string) => string>,
  nothing: {
    seal: 'Nothing was sealed',
    open: 'Nothing was opened',
    verify: 'Nothing was verified',
  } satisfies Record<Operation, string>,
  /** It was cancelled before all was done. */
  cancelled: {
    seal: (done: string, all: string) => `Cancelled: ${done} of ${all} files sealed`,
    open: (done: string, all: string) => `Cancelled: ${done} of ${all} files opened`,
    verify: (done: string, all: string) => `Cancelled: ${done} of ${all} files verified`,
  } satisfies Record<Operation, (done: string, all: string) => string>,
  cancelledFirst: {
    seal: 'Cancelled before anything was sealed',
    open: 'Cancelled before anything was opened',
    verify: 'Cancelled before anything was verified',
  } satisfies Record<Operation, string>,
  allSkipped: (count: number, number: string) => `${files(count, number)} skipped`,
  waiting: 'Waiting for your answer',
  failed: (number: string) => `${number} failed`,
  skipped: (number: string) => `${number} skipped`,
  leftOut: (number: string) => `${number} left out`,
  leftOutHint: 'Links, special files and what was sealed already are not sealed.',
  onlyFailed: 'Show only failed',
  all: 'Show all',
  fold: 'Fold up',
  unfold: 'Unfold',
  retryFailed: 'Retry failed',
  retryRest: 'Do the rest',
  cancel: 'Cancel all',
};

export type BatchText = typeof batchEn;
