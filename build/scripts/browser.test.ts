import { describe, expect, it, vi } from 'vitest';
import { debianInstaller, hasBrowser, type Machine, NO_BROWSER } from './browser.ts';

const bare: Machine = {
  backend: 'stand-in',
  findChromium: () => undefined,
  isRoot: false,
  install: undefined,
};

describe('what the specs of the window run in', () => {
  it('is Electron, or a Chromium that is installed; then nothing is', () => {
    const install = vi.fn<() => void>();
    expect(hasBrowser({ ...bare, backend: 'electron', isRoot: true, install })).toBe(true);
    expect(hasBrowser({ ...bare, findChromium: () => '/usr/bin/chromium', isRoot: true, install })).toBe(
      true,
    );
    expect(install).not.toHaveBeenCalled();
  });

  it('is installed by root on Debian, and looked for again', () => {
    let found: string | undefined;
    const install = vi.fn<() => void>(() => void (found = '/usr/bin/chromium'));
    expect(hasBrowser({ ...bare, isRoot: true, findChromium: () => found, install })).toBe(true);
    expect(install).toHaveBeenCalledOnce();
    expect(hasBrowser({ ...bare, isRoot: true, install: () => {} })).toBe(false);
  });

  it('is a person’s to install elsewhere, and one line says what', () => {
    const install = vi.fn<() => void>();
    expect(hasBrowser({ ...bare, install })).toBe(false);
    expect(hasBrowser({ ...bare, isRoot: true })).toBe(false);
    expect(install).not.toHaveBeenCalled();
    expect(debianInstaller('/nowhere/apt-get')).toBeUndefined();
    expect(NO_BROWSER).not.toContain('\n');
    expect(NO_BROWSER).toMatch(/npx install-electron.*apt-get install chromium/);
  });
});
