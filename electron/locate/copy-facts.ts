import type { CopyFacts } from '../../shared/locate.ts';
import type { Copy } from '../copies/copy-file.ts';

/** What this computer calls a key; the key itself, or undefined, if it does not know it. */
export type NameOf = (key: string) => string | undefined;

/** What a copy says, for people. */
export function copyFacts({ envelope: { header, keys }, kept }: Copy, nameOf: NameOf): CopyFacts {
  const { content } = header;
  return {
    ...('hidden' in content
      ? {}
      : { content: { kind: content.kind, name: content.name, size: content.size } }),
    created: header.created,
    kept: kept.toISOString(),
    keys: keys.map((entry) => {
      if (entry.state !== 'known') return { provider: entry.provider };
      const { provider, key } = entry;
      const name = nameOf(key);
      return { provider, key, ...(name === undefined || name === key ? {} : { name }) };
    }),
  };
}
