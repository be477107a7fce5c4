/** @file What the window remembers between two runs. Nothing depends on it: damaged or lost, the defaults do. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../files/atomic.ts';
import { makePrivateFolder } from '../settings/places.ts';

/** In the screen's own units. */
export type Rectangle = { x: number; y: number; width: number; height: number };

export type Remembered = {
  /** Of the window when it is neither maximised nor minimised. */
  bounds?: Rectangle;
  maximized?: boolean;
  /** Where the user last chose a file. Since Electron 43 neither it nor the system remembers. */
  folder?: string;
};

const schema: z.ZodType<Remembered> = z.strictObject({
  bounds: z.exactOptional(z.strictObject({ x: z.int(), y: z.int(), width: z.int(), height: z.int() })),
  maximized: z.exactOptional(z.boolean()),
  folder: z.exactOptional(z.string()),
});

export async function readRemembered(file: string): Promise<Remembered> {
  try {
    return schema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? {};
  } catch {
    return {};
  }
}

/** @throws EnvelopeError `target-unwritable` and the other codes of a full or read-only disk */
export async function writeRemembered(file: string, remembered: Remembered): Promise<void> {
  await makePrivateFolder(path.dirname(file));
  await writeWhole(file, `${JSON.stringify(remembered)}\n`, { mode: 0o600 });
}

/** So much of a window must lie on a screen that it can be seen and moved. */
const LEAST_SEEN = 100;

/** `bounds`, unless the screen they were on is gone. */
export function onScreen(bounds: Rectangle, workAreas: readonly Rectangle[]): Rectangle | undefined {
  const isSeen = workAreas.some(
    (area) =>
      overlap(bounds.x, bounds.width, area.x, area.width) >= LEAST_SEEN &&
      overlap(bounds.y, bounds.height, area.y, area.height) >= LEAST_SEEN &&
      // The title bar is what it is moved by.
      bounds.y >= area.y,
  );
  return isSeen ? bounds : undefined;
}

function overlap(a: number, aLength: number, b: number, bLength: number): number {
  return Math.min(a + aLength, b + bLength) - Math.max(a, b);
}
