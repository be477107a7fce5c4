/** @file What the contract is made of. */

/** A question of the page to the main process. The members only carry types. */
export type Call<Arguments extends readonly unknown[], Value> = {
  kind: 'call';
  types?: (...args: Arguments) => Value;
};
/** A message of the main process to the page. */
export type Event<Payload> = { kind: 'event'; types?: Payload };

export const call = <Arguments extends readonly unknown[], Value>(): Call<Arguments, Value> => ({
  kind: 'call',
});
export const event = <Payload>(): Event<Payload> => ({ kind: 'event' });
