/** @file Values by id, each with listeners of its own: one of 10,000 that changes redraws only itself. */
import { useCallback, useSyncExternalStore } from 'react';

export type Keyed<Value> = {
  readonly get: (id: string) => Value | undefined;
  readonly set: (id: string, value: Value) => void;
  readonly delete: (id: string) => void;
  readonly values: () => Iterable<Value>;
  readonly subscribe: (id: string, listener: () => void) => () => void;
};

export function createKeyed<Value>(): Keyed<Value> {
  const values = new Map<string, Value>();
  const listeners = new Map<string, Set<() => void>>();
  const tell = (id: string): void => {
    for (const listener of listeners.get(id) ?? []) listener();
  };
  return {
    get: (id) => values.get(id),
    set: (id, value) => {
      values.set(id, value);
      tell(id);
    },
    delete: (id) => {
      values.delete(id);
      tell(id);
    },
    values: () => values.values(),
    subscribe: (id, listener) => {
      const own = listeners.get(id) ?? new Set();
      listeners.set(id, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(id);
      };
    },
  };
}

export function useKeyed<Value>(keyed: Keyed<Value>, id: string): Value | undefined {
  const subscribe = useCallback((listener: () => void) => keyed.subscribe(id, listener), [keyed, id]);
  return useSyncExternalStore(subscribe, () => keyed.get(id));
}
