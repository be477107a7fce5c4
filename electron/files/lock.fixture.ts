/** @file Run as a process of its own: `lock.fixture.ts <file>` takes the lock, says so and lives until it is killed. */
import { FileLock } from './lock.ts';

const lock = FileLock.take(process.argv[2] ?? '');
process.stdout.write(lock === undefined ? 'busy\n' : 'locked\n');
if (lock !== undefined) setInterval(() => lock, 1000);
