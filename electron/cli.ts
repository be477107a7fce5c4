#!/usr/bin/env node
/** @file The command line: the same engine without a window. */
import { keepCompiled } from './cli/keep-compiled.ts';
import { leaveOutVariables } from './cli/no-reports.ts';

leaveOutVariables();
keepCompiled();

async function run(): Promise<void> {
  const { main } = await import('./cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
}

void run();
