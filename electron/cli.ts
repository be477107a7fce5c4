#!/usr/bin/env node
/** @file The command line: the same engine without a window. */
import { main } from './cli/main.ts';
import { leaveOutVariables } from './cli/no-reports.ts';

leaveOutVariables();
process.exitCode = await main(process.argv.slice(2));
