/** @file What the system hands over when it starts the program: on the command line, or from a second instance. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Arguments that may name files, and the folder that relative ones start from. */
export type HandedOver = { paths: string[]; cwd: string };

const handedOver: z.ZodType<HandedOver> = z.strictObject({
  paths: z.array(z.string().min(1)),
  cwd: z.string().refine((folder) => path.isAbsolute(folder)),
});

/**
 * Drops what is no file from a command line: the program itself, the app's folder if it runs unpackaged, and every switch,
 * of which Chromium adds some. After `--` everything is a file.
 */
export function filesOf(argv: readonly string[], isPackaged: boolean): string[] {
  const args = argv.slice(1);
  const end = args.indexOf('--');
  const [before, after] = end === -1 ? [args, []] : [args.slice(0, end), args.slice(end + 1)];
  const words = before.filter((arg) => !arg.startsWith('-'));
  return [...words.slice(isPackaged ? 0 : 1), ...after].filter((arg) => arg !== '');
}

/** What a second instance sent. It is a process like any other: what does not fit is as good as nothing. */
export function readHandedOver(data: unknown): HandedOver | undefined {
  return handedOver.safeParse(data).data;
}

/** Absolute paths. File managers name files by path or by `file:` URL; a URL of another machine names none. */
export function absolutePaths({ paths, cwd }: HandedOver): string[] {
  return paths.flatMap((name) => {
    const file = /^file:\/\//i.test(name) ? fromUrl(name) : path.resolve(cwd, name);
    return file === undefined || file.includes('\0') ? [] : [file];
  });
}

function fromUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
