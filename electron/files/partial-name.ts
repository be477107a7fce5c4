/** @file The names of temporaries (FORMAT.md section 5). */

const partialName =
  /^\.([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})\.(enc|envelope|plain)\.partial$/;

/** What a temporary's name says: the id of its pair, and which part of it it is. Undefined for every other name. */
export function readPartialName(
  name: string,
): { id: string; part: 'enc' | 'envelope' | 'plain' } | undefined {
  const [, id, part] = partialName.exec(name) ?? [];
  if (id === undefined || (part !== 'enc' && part !== 'envelope' && part !== 'plain')) return undefined;
  return { id, part };
}
