/** @file Finished rows, kept over restarts: one JSON object a line, for this user alone. */
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Row } from '../../shared/desktop.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import { removeFile, writeWhole } from '../files/atomic.ts';
import { inTurn } from '../files/in-turn.ts';
import { ioErrors } from '../files/io-error.ts';
import { makePrivateFolder } from '../settings/places.ts';
import { rowSchema } from './history-row.ts';

/** Rows that are kept, the newest. */
export const ROWS_KEPT = 1_000;
/** Lines at which the file is written anew: every line is written twice at most, on average. */
const LINES = 2 * ROWS_KEPT;

/** The history's file. Nothing of it is worth an error: work that was done stays done. */
export class History {
  readonly #file: string;
  /** By id, the oldest first. */
  #rows = new Map<string, Row>();
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

  get(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  add(row: Row): void {
    this.#rows.set(row.id, row);
    this.#forgetOldest();
    this.#write(JSON.stringify(row));
  }

  /** Takes rows away; those that are not there do not matter. */
  remove(ids: readonly string[]): void {
    const gone = ids.filter((id) => this.#rows.delete(id));
    if (gone.length > 0) this.#write(JSON.stringify({ gone }));
  }

  /** Removes the file. */
  async clear(): Promise<void> {
    this.#rows.clear();
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
      if (this.#lines + lines.length > LINES) {
        const kept = [...this.#rows.values()];
        this.#lines = kept.length;
        await writeWhole(this.#file, linesOf(kept.map((row) => JSON.stringify(row))), { mode: 0o600 });
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
    for (const id of gone ?? []) this.#rows.delete(id);
    const { data: row } = rowSchema.safeParse(entry);
    if (gone === undefined && row !== undefined) this.#rows.set(row.id, row);
  }

  #forgetOldest(): void {
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= ROWS_KEPT) return;
      this.#rows.delete(id);
    }
  }
}

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
