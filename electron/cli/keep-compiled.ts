import { enableCompileCache } from 'node:module';
import path from 'node:path';

/**
 * Has Node keep what it compiles of the bundled program, so that the next start takes a fifth less. It is kept beside the
 * program: whoever may write there could as well change the program itself. Where that folder cannot be written, and of
 * the sources, nothing is kept.
 */
export function keepCompiled(): void {
  if (import.meta.filename.endsWith('.js')) enableCompileCache(path.join(import.meta.dirname, '.compiled'));
}
