/** @file Whether the person uses a pointer or the keyboard: page.css shows where the focus is to the latter. */

/** Keys that go along with a click and move no focus. */
const modifiers = new Set(['Alt', 'AltGraph', 'CapsLock', 'Control', 'Meta', 'Shift']);

/** Writes down at the root what was used last. Until something was, the browser's own guess holds. */
export function watchInput({ documentElement: root }: Document): void {
  const used = (by: 'pointer' | 'keyboard') => (event: Event) => {
    if (!(event instanceof KeyboardEvent && modifiers.has(event.key))) root.dataset['by'] = by;
  };
  for (const type of ['pointerdown', 'drop']) addEventListener(type, used('pointer'), true);
  addEventListener('keydown', used('keyboard'), true);
}
