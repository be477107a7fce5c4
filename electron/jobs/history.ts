/** @file Finished rows and batches, kept over restarts: one JSON object a line, for this user alone. */
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Batch, Row } from '../../shared/desktop.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import { removeFile, writeWhole } from '../files/atomic.ts';
import { inTurn } from '../files/in-turn.ts';
import { ioErrors } from '../files/io-error.ts';
import { makePrivateFolder } from '../settings/places.ts';
import { batchSchema } from './history-batch.ts';
import { rowSchema } from './history-row.ts';

/** Rows that are kept, the newest; and batches. */
export const ROWS_KEPT = 1_000;
/** The history's file. Nothing of it is worth an error: work that was done stays done. */
export class History {
  readonly #file: string;
  /** By id, the oldest first. */
  #rows = new Map<string, Row>();
  #batches = new Map<string, Batch>();
  #lines = 0;
  #unwritten: string[] = [];

  private constructor(file: string) {
    this.#file = file;
  }

  /** Reads what is there. A line that is not a row, such as one a crash has torn, is passed over. */
  static async open(file: string): Promise<History> {
    const history = new History(file);
    const text = await ioErrors('source', file, async () => await readFile(file, 'utf8')).catch(
      (error: unknown) => {
        if (isEnvelopeError(error)) return '';
        throw error;
      },
    );
    for (const line of text.split('\n')) history.#read(line);
    history.#forgetOldest();
    return history;
  }

  /** The oldest first. */
  get rows(): readonly Row[] {
    return [...this.#rows.values()];
  }

  /** Those that are over, by their ids. Not every row has its batch here, nor every batch a row. */
  get batches(): ReadonlyMap<string, Batch> {
    return this.#batches;
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  add(row: Row): void {
    this.#rows.set(row.id, row);
    this.#forgetOldest();
    this.#write(JSON.stringify(row));
  }

  /** A batch that is over; what became of its rows was added before. */
  addBatch(batch: Batch): void {
    this.#batches.set(batch.id, batch);
    this.#write(JSON.stringify({ over: batch }));
  }

  /** Takes batches and rows away; those that are not there do not matter. */
  remove(ids: readonly string[]): void {
    const gone = ids.filter((id) => this.#forget(id));
    if (gone.length > 0) this.#write(JSON.stringify({ gone }));
  }

  /** Removes the file. */
  async clear(): Promise<void> {
    this.#rows.clear();
    this.#batches.clear();
    this.#unwritten = [];
    this.#lines = 0;
    await inTurn(this.#file, async () => {
      await removeFile(this.#file);
    });
  }

  /** Waits until everything that was added is on disk, or could not be put there. */
  async flush(): Promise<void> {
    await inTurn(this.#file, async () => {
      await this.#writeNow();
    });
  }

  #write(line: string): void {
    this.#unwritten.push(line);
    // One write for all that come together.
    if (this.#unwritten.length === 1) void this.flush();
  }

  async #writeNow(): Promise<void> {
    if (this.#unwritten.length === 0) return;
    const lines = this.#unwritten;
    this.#unwritten = [];
    try {
      await makePrivateFolder(path.dirname(this.#file));
      // Every line is written twice at most, on average.
      if (this.#lines + lines.length > 2 * (ROWS_KEPT + this.#batches.size)) {
        const batches = [...this.#batches.values()].map((batch) => ({ over: batch }));
        const kept = [...this.#rows.values(), ...batches].map((entry) => JSON.stringify(entry));
        this.#lines = kept.length;
        await writeWhole(this.#file, linesOf(kept), { mode: 0o600 });
      } else {
        this.#lines += lines.length;
        await ioErrors('target', this.#file, async () => {
          await appendFile(this.#file, linesOf(lines), { mode: 0o600 });
        });
      }
    } catch (error) {
      if (!isEnvelopeError(error)) throw error;
    }
  }

  #read(line: string): void {
    if (line === '') return;
    this.#lines += 1;
    const entry = parse(line);
    const gone = goneOf(entry);
    for (const id of gone ?? []) this.#forget(id);
    if (gone !== undefined) return;
    const { data: batch } = overSchema.safeParse(entry);
    if (batch !== undefined) this.#batches.set(batch.over.id, batch.over);
    const { data: row } = rowSchema.safeParse(entry);
    if (row !== undefined) this.#rows.set(row.id, row);
  }

  #forget(id: string): boolean {
    return this.#rows.delete(id) || this.#batches.delete(id);
  }

  #forgetOldest(): void {
    for (const kept of [this.#rows, this.#batches]) {
      for (const id of kept.keys()) {
        if (kept.size <= ROWS_KEPT) break;
        kept.delete(id);
      }
    }
  }
}

const overSchema = z.object({ over: batchSchema });

/** A line of its own first: a crash may have left half a one. */
const linesOf = (lines: readonly string[]): string => `\n${lines.join('\n')}\n`;

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function goneOf(entry: unknown): string[] | undefined {
  if (typeof entry !== 'object' || entry === null || !('gone' in entry) || !Array.isArray(entry.gone))
    return undefined;
  return entry.gone.filter((id): id is string => typeof id === 'string');
}
