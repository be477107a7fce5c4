/** @file The event that Electron hands to every listener as its first argument. */

export type PreventableEvent<Details extends object> = Electron.Event<Details>;

export function preventable(): PreventableEvent<object>;
export function preventable<Details extends object>(details: Details): PreventableEvent<Details>;
export function preventable(details: object = {}): PreventableEvent<object> {
  const event = {
    ...details,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
