/**
 * Given to Node by `--import`: a bug strikes where the data key is in memory, at the MAC of an envelope: nobody else gives a
 * key object. `BUG` says whether it is thrown there or where nobody waits for it, or ends the process at once.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const { createHmac, KeyObject } = crypto;
const provoked = () => {
  throw new TypeError('provoked');
};
const bugs = { throw: provoked, later: () => setImmediate(provoked), abort: () => process.abort() };

crypto.createHmac = (...args) => {
  if (args[1] instanceof KeyObject) bugs[process.env.BUG]();
  return createHmac(...args);
};
syncBuiltinESMExports();
