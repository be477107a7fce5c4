import { useEffect } from 'react';

/** In a dialog that is drawn only while it is open: the keyboard goes back to what had it before, once it is gone. */
export function ReturnFocus() {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return null;
}
