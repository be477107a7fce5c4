import { isName } from '../envelope/names.ts';
import { archiveInvalid } from './archive-invalid.ts';
import { MAX_COMPONENTS, MAX_PATH_BYTES } from './archive-plan.ts';

function split(path: string): string[] {
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) throw archiveInvalid('a path has more than 4096 bytes');
  const components = path.split('/');
  if (components.length > MAX_COMPONENTS) throw archiveInvalid('a path has more than 128 components', path);
  // An absolute path, a final slash and `//` make an empty component, which is no name; nor are `.` and `..`.
  if (!components.every((component) => isName(component))) {
    throw archiveInvalid('a component of a path is not a possible name', path);
  }
  return components;
}

/**
 * The order of an archive (FORMAT.md section 2, Folders). "A directory precedes what is in it, siblings in byte order" is
 * read as a walk, depth first: what is in a directory follows it before its next sibling. Compared component by
 * component, each path is then greater than the one before, so that no path can stand twice, and the path before is all
 * that has to be remembered.
 */
export class ArchivePaths {
  #last: readonly string[] = [];
  #lastIsFolder = true;

  /**
   * Checks the path of the next entry and gives its components.
   * @throws EnvelopeError `archive-invalid`
   */
  next(path: string, kind: 'file' | 'folder'): readonly string[] {
    const components = split(path);
    const last = this.#last;
    const depth = components.length - 1;
    const openFolders = this.#lastIsFolder ? last.length : last.length - 1;
    if (depth > openFolders || components.slice(0, depth).some((name, level) => name !== last[level])) {
      throw archiveInvalid('an entry does not follow the folder it is in', path);
    }
    const [before, name] = [last[depth], components[depth]];
    if (
      before !== undefined &&
      name !== undefined &&
      Buffer.compare(Buffer.from(name), Buffer.from(before)) <= 0
    ) {
      throw archiveInvalid(before === name ? 'a path stands twice' : 'siblings are not in byte order', path);
    }
    this.#last = components;
    this.#lastIsFolder = kind === 'folder';
    return components;
  }
}
