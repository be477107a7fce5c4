import { archiveBreaks } from './archive.ts';
import type { Break } from './break.ts';
import { askingBreaks } from './asking.ts';
import { diskBreaks } from './disk.ts';
import { formatBreaks } from './format.ts';
import { keyBreaks } from './keys.ts';
import { pairBreaks } from './pair.ts';
import { programBreaks } from './program.ts';
import { writingBreaks } from './writing.ts';

/** Every mechanism that SECURITY.md rests on, and rules of FORMAT.md, each to be taken out by itself. */
export const breaks: readonly Break[] = [
  ...pairBreaks,
  ...askingBreaks,
  ...keyBreaks,
  ...diskBreaks,
  ...programBreaks,
  ...writingBreaks,
  ...formatBreaks,
  ...archiveBreaks,
];
