/** @file The command line of Electron's program: `electron [-r file]… [--switch[=value]]… [app] [argument]…`. */

export type CommandLine = {
  /** Files that are required before the app, as Playwright's loader is. */
  readonly requires: readonly string[];
  readonly switches: ReadonlyMap<string, string>;
  /** Folder or file of the app, as it was typed. */
  readonly app: string;
};

/** Chromium takes a switch wherever it stands, also behind the app; the first word that is no switch is the app. */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const requires: string[] = [];
  const switches = new Map<string, string>();
  let app: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const parts = /^--([^=]+)(?:=(.*))?$/s.exec(word);
    if (parts) switches.set(parts[1]!, parts[2] ?? '');
    else if (app === undefined && (word === '-r' || word === '--require'))
      requires.push(words[++index] ?? '');
    else if (!word.startsWith('-')) app ??= word;
  }
  return { requires, switches, app: app ?? '.' };
}
