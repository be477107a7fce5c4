import type { EventName, PayloadOf } from '../../shared/contract.ts';

export type Events = {
  on: <Name extends EventName>(name: Name, listener: (payload: PayloadOf<Name>) => void) => () => void;
  tell: <Name extends EventName>(name: Name, payload: PayloadOf<Name>) => void;
};

export function createEvents(): Events {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  return {
    on: (name, listener) => {
      const own = listeners.get(name) ?? new Set();
      listeners.set(name, own.add(listener));
      return () => own.delete(listener);
    },
    tell: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
  };
}
