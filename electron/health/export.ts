/** @file The result of a look at health as a file for others: JSON, a line each, or a table. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { HealthFile, HealthSummary } from '../../shared/health.ts';
import type { HealthFormat } from '../../shared/health-view.ts';
import { createPartial, removeFile, replaceName } from '../files/atomic.ts';
import { fsyncFolder } from '../files/fsync-folder.ts';
import { ioErrors } from '../files/io-error.ts';
import type { FileHandle } from '../files/file-handle.ts';

type Result = { summary: HealthSummary; files: AsyncIterable<HealthFile> };

const keyOf = ({ keys }: HealthSummary): ((index: number) => string) => {
  const names = new Map(keys.map(({ index, key, provider }) => [index, key === '' ? provider : key]));
  return (index) => names.get(index) ?? '';
};

async function* jsonLines({ summary, files }: Result): AsyncGenerator<string> {
  const named = keyOf(summary);
  for await (const { keys, alone, problem, ...file } of files) {
    yield `${JSON.stringify({
      state: problem ?? 'opens',
      ...file,
      keys: keys.map(({ key, answer }) => ({ key: named(key), answer })),
      ...(alone === undefined ? {} : { alone: named(alone) }),
    })}\n`;
  }
  yield `${JSON.stringify({ state: 'summary', ...summary })}\n`;
}

/** A cell that a spreadsheet shows and does not compute. */
const cell = (text: string): string => `"${text.replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;

async function* table({ summary, files }: Result): AsyncGenerator<string> {
  const named = keyOf(summary);
  yield `${['path', 'state', 'body', 'error', 'hangs on', 'keys'].map(cell).join(',')}\r\n`;
  for await (const { path: file, problem, body = '', error, keys, alone } of files) {
    const answers = keys.map(({ key, answer }) => `${named(key)} ${answer}`).join('; ');
    const only = alone === undefined ? '' : named(alone);
    yield `${[file, problem ?? 'opens', body, error?.code ?? '', only, answers].map(cell).join(',')}\r\n`;
  }
}

/**
 * Writes the result to `file`, which the user chose and may be replaced.
 * @throws EnvelopeError `target-missing`, `target-unwritable`, `disk-full`, `io-failed`; nothing is left then
 */
export async function exportHealth(file: string, format: HealthFormat, result: Result): Promise<void> {
  const folder = path.dirname(file);
  const partial = path.join(folder, `.${randomUUID()}.partial`);
  const handle = await createPartial(partial);
  try {
    await writeAll(handle, file, format === 'json' ? jsonLines(result) : table(result));
    await replaceName(partial, file);
    await fsyncFolder(folder);
  } catch (error) {
    await removeFile(partial);
    throw error;
  }
}

async function writeAll(handle: FileHandle, file: string, lines: AsyncIterable<string>): Promise<void> {
  await using open = handle;
  let some: string[] = [];
  const flush = async (): Promise<void> => {
    const bytes = some.join('');
    some = [];
    await ioErrors('target', file, async () => {
      await open.writeFile(bytes);
    });
  };
  for await (const line of lines) {
    some.push(line);
    if (some.length >= 1000) await flush();
  }
  await flush();
  await ioErrors('target', file, async () => await open.sync());
}
