import { displayPath } from './display-path.ts';
import { formatSize, formatSpeed, formatTimeLeft } from './format.ts';
import { cutToWidth, widthOf } from './width.ts';

/** Speed is that of the last seconds, so that it follows a slow disk, but not every hiccup. */
const WINDOW_MS = 8_000;
/** No speed is told before it can be told. */
const LEAST_MS = 1_000;
/** A name cut to fewer columns says nothing. */
const LEAST_COLUMNS = 8;
const DOT = ' · ';

type Sample = { at: number; bytes: number };

/** How far a batch is. Times are milliseconds of any clock that only goes forward. */
export class Progress {
  #files = 0;
  #bytes = 0;
  #ended = 0;
  #endedBytes = 0;
  readonly #underWay = new Map<number, { path: string; bytes: number }>();
  #samples: Sample[] = [];

  /** What lies ahead; later calls correct earlier ones. */
  total(files: number, bytes: number): void {
    this.#files = files;
    this.#bytes = bytes;
  }

  /** @param bytes done of this file so far */
  file(index: number, path: string, bytes: number): void {
    this.#underWay.set(index, { path, bytes });
  }

  /** @param bytes the file's size: however it ended, nothing of it is left to do */
  ended(index: number, bytes: number): void {
    this.#underWay.delete(index);
    this.#ended += 1;
    this.#endedBytes += bytes;
  }

  /** `3 of 12 · 1.2 GB of 4.0 GB · 310 MB/s · about 3 minutes left · report.pdf`, the name cut to fit `columns` */
  line(now: number, columns: number): string {
    const bytes = this.#done();
    this.#sample({ at: now, bytes });
    const total = Math.max(this.#bytes, bytes);
    const parts = [`${this.#ended} of ${Math.max(this.#files, this.#ended)}`];
    if (total > 0) parts.push(`${formatSize(bytes)} of ${formatSize(total)}`);
    const speed = this.#speed();
    if (speed !== undefined) {
      parts.push(formatSpeed(speed));
      if (total > bytes) parts.push(formatTimeLeft((total - bytes) / speed));
    }
    const line = parts.join(DOT);
    const [current] = this.#underWay.values();
    const left = columns - widthOf(line + DOT);
    if (current === undefined || left < LEAST_COLUMNS) return line;
    return line + DOT + cutToWidth(displayPath(current.path), left);
  }

  #done(): number {
    let bytes = this.#endedBytes;
    for (const file of this.#underWay.values()) bytes += file.bytes;
    return bytes;
  }

  #sample(sample: Sample): void {
    this.#samples.push(sample);
    while (sample.at - (this.#samples[1]?.at ?? sample.at) >= WINDOW_MS) this.#samples.shift();
  }

  /** Bytes per second, or undefined while it cannot be told. */
  #speed(): number | undefined {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < LEAST_MS) return undefined;
    const speed = ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
    return speed > 0 ? speed : undefined;
  }
}
