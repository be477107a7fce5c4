import { describe, expect, it } from 'vitest';
import { createKeyed } from './keyed.ts';
import { createStore } from './store.ts';

describe('createStore', () => {
  it('tells of another value, not of the same, and stops telling', () => {
    const store = createStore(1);
    let told = 0;
    const stop = store.subscribe(() => (told += 1));
    store.set(1);
    expect(told).toBe(0);
    store.update((value) => value + 1);
    expect([told, store.get()]).toEqual([1, 2]);
    stop();
    store.set(3);
    expect(told).toBe(1);
  });
});

describe('createKeyed', () => {
  it('tells whoever listens to that id alone', () => {
    const keyed = createKeyed<number>();
    const told: string[] = [];
    const stop = keyed.subscribe('a', () => told.push('a'));
    keyed.subscribe('b', () => told.push('b'));
    keyed.set('a', 1);
    keyed.delete('b');
    stop();
    keyed.set('a', 2);
    expect(told).toEqual(['a', 'b']);
    expect([...keyed.values()]).toEqual([2]);
  });
});
