/** @file `nativeTheme`: the system's colours and the app's choice among them. A test plays the system. */
import { EventEmitter } from 'node:events';
import { refuseOthers } from './refuse.ts';
import { windows } from './windows.ts';

type Source = Electron.NativeTheme['themeSource'];

/** How the system is set up. */
export type SystemTheme = { dark: boolean; highContrast: boolean };

class NativeTheme extends EventEmitter {
  #source: Source = 'system';
  #system: SystemTheme = {
    dark: process.env.STANDIN_DARK === '1',
    highContrast: process.env.STANDIN_HIGH_CONTRAST === '1',
  };

  get themeSource(): Source {
    return this.#source;
  }

  set themeSource(source: Source) {
    this.#source = source;
    this.#tell();
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark' || (this.#source === 'system' && this.#system.dark);
  }

  get shouldUseHighContrastColors(): boolean {
    return this.#system.highContrast;
  }

  get inForcedColorsMode(): boolean {
    return false;
  }

  /** For tests: the user changes the system. */
  standInSystem(change: Partial<SystemTheme>): void {
    this.#system = { ...this.#system, ...change };
    this.#tell();
  }

  #tell(): void {
    for (const { webContents } of windows.values()) webContents.applyTheme();
    this.emit('updated');
  }
}

refuseOthers('nativeTheme', NativeTheme.prototype);

export const nativeTheme = new NativeTheme();

/** What the style sheets are to see. */
export const mediaFeatures = (): { name: string; value: string }[] => [
  { name: 'prefers-color-scheme', value: nativeTheme.shouldUseDarkColors ? 'dark' : 'light' },
  { name: 'prefers-contrast', value: nativeTheme.shouldUseHighContrastColors ? 'more' : 'no-preference' },
];
