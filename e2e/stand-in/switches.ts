/** @file The switches of the command line, Chromium's among them. */

const switches = new Map<string, string>();

export const commandLine = {
  appendSwitch: (name: string, value = ''): void => void switches.set(name, value),
  hasSwitch: (name: string): boolean => switches.has(name),
  getSwitchValue: (name: string): string => switches.get(name) ?? '',
};

/** Ours, not Chromium's. */
const OWN = /^(inspect|remote-debugging-port|user-data-dir|no-sandbox)$/;

export const chromiumSwitches = (): string[] =>
  [...switches]
    .filter(([name]) => !OWN.test(name))
    .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
