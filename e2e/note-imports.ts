/** @file Preloaded into a program under test (`node --import`): notes every module it loads in the file NOTE_IMPORTS. */
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const file = process.env['NOTE_IMPORTS'];
if (file !== undefined) {
  registerHooks({
    load(url, context, next) {
      appendFileSync(file, `${url}\n`);
      return next(url, context);
    },
  });
}
