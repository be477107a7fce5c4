/**
 * @file Run as a process of its own, several at once: `start.fixture.ts <journals> <folder> <rounds>`. In each round it
 * starts as the program does, recovers, notes and writes a temporary, and looks whether anybody took it away.
 */
import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Journal } from './journal.ts';
import { recover } from './recover.ts';

const [journals = '', folder = '', rounds = '1'] = process.argv.slice(2);
for (let round = 0; round < Number(rounds); round += 1) {
  const job = randomUUID();
  const partial = path.join(folder, `.${job}.plain.partial`);
  await using journal = Journal.open(journals);
  await recover(journals);
  await journal.note({ job, kind: 'open', partial });
  await writeFile(partial, job);
  await sleep(Math.random() * 5);
  if ((await readFile(partial, 'utf8')) !== job) throw new Error('somebody wrote it');
  // Every other round ends as a crash does: the next start has something to treat.
  if (round % 2 === 0) {
    await rm(partial);
    await journal.done(job);
  }
}
process.stdout.write('unharmed\n');
