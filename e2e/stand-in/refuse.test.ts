import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { refuseAll, refuseOthers } from './refuse.ts';

class Known extends EventEmitter {
  readonly #secret = 7;
  absent: string | undefined;

  secret(): number {
    return this.#secret;
  }
}

refuseOthers('known', Known.prototype);
const known = new Known() as Known & { unknown?: unknown };

it('refuses what nobody has defined, by name', () => {
  expect(() => known.unknown).toThrow('stand-in: known.unknown is not implemented');
});

it('leaves the object as it is: private members, inherited methods, identity', () => {
  expect(known.secret()).toBe(7);
  expect(known.absent).toBeUndefined();
  expect(known.on('event', () => {})).toBe(known);
  expect(known).toBeInstanceOf(EventEmitter);
});

it('can be awaited and written as JSON', () => {
  expect('then' in known).toBe(false);
  expect((known as { then?: unknown }).then).toBeUndefined();
  expect(() => JSON.stringify(known)).not.toThrow();
});

it('lets other classes of the same base alone', () => {
  expect((new EventEmitter() as { unknown?: unknown }).unknown).toBeUndefined();
});

it('refuses every touch of what is refused as a whole', () => {
  const Tray = refuseAll('Tray') as new () => unknown;
  expect(() => new Tray()).toThrow('stand-in: Tray is not implemented');
  expect(() => (refuseAll('clipboard') as { readText: () => string }).readText()).toThrow(
    'stand-in: clipboard.readText is not implemented',
  );
});
