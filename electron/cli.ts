#!/usr/bin/env node
/** @file The command line: the same engine without a window. */
import { main } from './cli/main.ts';

process.exitCode = await main(process.argv.slice(2));
