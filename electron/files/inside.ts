import path from 'node:path';

/**
 * The one containment check: whether `target` is `folder` or lies below it, by their names. Links are not looked at:
 * resolve them first where they matter. `system`: whose path rules; given by tests.
 */
export function isInside(folder: string, target: string, system: path.PlatformPath = path): boolean {
  const relative = system.relative(system.resolve(folder), system.resolve(target));
  // A name may begin with two dots; another Windows drive gives an absolute answer.
  return relative !== '..' && !relative.startsWith(`..${system.sep}`) && !system.isAbsolute(relative);
}
