/** @file What a build lacks, in one sentence, where something could not be fetched. */

/** `message` is for people: what is missing, and how to do without fetching it. */
export class Lacking extends Error {
  override readonly name = 'Lacking';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

const NETWORK =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|fetch failed|status code [45]\d\d|Response code [45]\d\d/i;

/** Tools that electron-builder fetches, by what their addresses say, and how to do without. */
const tools: readonly (readonly [RegExp, string])[] = [
  [/fpm/, 'fpm, which makes deb and rpm (CUSTOM_FPM_PATH names one that is here)'],
  [/appimage/i, 'the AppImage tools (APPIMAGE_TOOLS_PATH names those that are here)'],
  [/nsis/i, 'NSIS, which makes the installer for Windows (ELECTRON_BUILDER_NSIS_DIR)'],
  [/7z/i, '7-Zip (ELECTRON_BUILDER_7ZIP_PATH names one that is here)'],
  [/winCodeSign|win-codesign/i, 'the tools that sign for Windows'],
];

/** @returns a sentence, or undefined if `error` is not about something that could not be fetched */
export function lacking(error: unknown): string | undefined {
  if (error instanceof Lacking) return error.message;
  const text =
    error instanceof Error ? `${error.message}\n${error.stack}\n${String(error.cause)}` : String(error);
  if (!NETWORK.test(text)) return undefined;
  const tool = tools.find(([address]) => address.test(text))?.[1] ?? 'a tool that electron-builder needs';
  return `${tool} is not here and cannot be fetched. A network that reaches GitHub’s releases has it.`;
}
