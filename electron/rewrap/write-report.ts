import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { EnvelopeError } from '../../shared/errors.ts';
import { createPartial, giveName, removeFile, replaceName } from '../files/atomic.ts';
import { fsyncFolder } from '../files/fsync-folder.ts';
import { ioErrors } from '../files/io-error.ts';
import { reportJson, reportText } from './report.ts';
import type { ReportWords } from './words.ts';

/**
 * Writes the report of a record to `target`: JSON if its name ends in `.json`, else text. Readable by its owner only: it
 * names files and keys.
 * @param replace what is there; the user has agreed
 * @throws EnvelopeError `name-taken`, those of the disk
 */
export async function writeReport(
  record: string,
  target: string,
  words: ReportWords,
  nameOf: (key: string) => string,
  { replace = false }: { replace?: boolean } = {},
): Promise<void> {
  const text = /\.json$/i.test(target) ? reportJson(record) : reportText(record, words, nameOf);
  await writeText(target, text, { replace });
}

/** Writes `text` in the same way. */
export async function writeText(
  target: string,
  text: AsyncIterable<string> | Iterable<string>,
  { replace = false }: { replace?: boolean } = {},
): Promise<void> {
  const folder = path.dirname(target);
  const partial = path.join(folder, `.${randomUUID()}.partial`);
  const handle = await createPartial(partial);
  try {
    await ioErrors('target', target, async () => {
      await using open = handle;
      await open.writeFile(text);
      await open.sync();
    });
    if (replace) await replaceName(partial, target);
    else if (!(await giveName(partial, target))) {
      throw new EnvelopeError('name-taken', 'a file has the name of the report', { path: target });
    }
  } catch (error) {
    await removeFile(partial);
    throw error;
  }
  await fsyncFolder(folder);
}
