/** @file What the stand-in does not imitate is an error that says so, never `undefined`. Runs in Node and in the page. */

export function notImplemented(what: string): Error {
  return new Error(`stand-in: ${what} is not implemented`);
}

/** Names that JavaScript itself asks of any value. */
export function isAskedOfAnyValue(key: string | symbol): boolean {
  return typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key === 'domain';
}

/**
 * Makes reading an unknown name of `object`, or of what inherits from it, an error. The refusal sits at the end of the
 * prototype chain and not around the object, so identity and private members stay as they are.
 */
export function refuseOthers<Value extends object>(name: string, object: Value): Value {
  const last = Object.create(Object.getPrototypeOf(object) as object) as object;
  const refusing = new Proxy(last, {
    get(target, key, receiver) {
      if (key in target || isAskedOfAnyValue(key)) return Reflect.get(target, key, receiver) as unknown;
      throw notImplemented(`${name}.${String(key)}`);
    },
  });
  return Object.setPrototypeOf(object, refusing) as Value;
}

/** A whole member of the module that the app does not use: any touch of it is the error. */
export function refuseAll(name: string): unknown {
  const refuse = function (): never {
    throw notImplemented(name);
  };
  return new Proxy(refuse, {
    get: (_, key) => {
      if (isAskedOfAnyValue(key)) return undefined;
      throw notImplemented(`${name}.${String(key)}`);
    },
    construct: refuse,
  });
}
