/**
 * @file The process that is killed: does one operation on real files again and again, or recovers what another one
 * left. `child.ts <folder of the lane> <operation | recover> [at-once]`. Says `ready` when it begins.
 */
import { allowAtOnce } from '../../electron/files/at-once.ts';
import { recover } from '../../electron/files/recover.ts';
import { moveToBin, operations } from './operations.ts';
import { makeEngine, Place } from './place.ts';

const [root = '', name = '', way] = process.argv.slice(2);
const place = new Place(root);
// As the command line does it; without, as the window does.
if (way === 'at-once') allowAtOnce();
// It must not go on for ever if the test itself is ended.
process.on('disconnect', () => process.exit());

if (name === 'recover') {
  process.send?.('ready');
  await recover(place.places.journalFolder);
} else {
  const operation = operations[name];
  if (operation === undefined) throw new Error(`no operation “${name}”`);
  const engine = await makeEngine(place, place.places.journalFolder, async (gone) => {
    await moveToBin(place, gone);
  });
  process.send?.('ready');
  for (let n = 0; ; n += 1) await operation.step(engine, place, n);
}
process.disconnect();
