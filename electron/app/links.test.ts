import { describe, expect, it } from 'vitest';
import { linkIds } from '../../shared/contract.ts';
import { links } from './links.ts';

describe('links', () => {
  it('are those of the contract', () => {
    expect(Object.keys(links).sort()).toEqual([...linkIds].sort());
  });

  it.each(Object.entries(links))('%s is a page over https or a document beside the program', (_, link) => {
    if ('document' in link) expect(link.document).toMatch(/^[A-Z]+\.html$/);
    else expect(new URL(link.url)).toMatchObject({ protocol: 'https:', username: '', search: '', hash: '' });
  });
});
