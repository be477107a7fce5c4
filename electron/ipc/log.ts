/** @file What the desktop says on stderr: for whoever started it from a terminal. Never names, paths or contents of files. */

/** Something quoted, or anything with a slash in it: messages of the system carry paths so. */
const pathLike = /'[^']*'|"[^"]*"|“[^”]*”|\S*[/\\]\S*/g;
const stackFrame = /^\s+at (?:(.+) \()?.*?([^/\\]+:\d+:\d+)\)?$/;

/** Writes one line. `text` is our own and names nothing of the user's. */
export function log(text: string): void {
  process.stderr.write(`envelope: ${text}\n`);
}

/** An error for the log: its message without what may be a path, and where it was thrown. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').flatMap((line) => {
    const [, name, place] = stackFrame.exec(line) ?? [];
    return place === undefined ? [] : [`    at ${name === undefined ? place : `${name} (${place})`}`];
  });
  return [`${error.name}: ${error.message.replace(pathLike, '…')}`, ...frames].join('\n');
}
