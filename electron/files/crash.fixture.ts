/**
 * @file Run as a process of its own: `crash.fixture.ts <journals> <entry as JSON>` notes the entry, says so, and lives
 * until it is killed.
 */
import { Journal } from './journal.ts';

const journal = Journal.open(process.argv[2] ?? '');
await journal.note(JSON.parse(process.argv[3] ?? ''));
process.stdout.write('noted\n');
setInterval(() => journal, 1000);
