import { describe, expect, it } from 'vitest';
import { linkIds } from '../../shared/contract.ts';
import { isWebPage, links } from './links.ts';

describe('links', () => {
  it('are those of the contract', () => {
    expect(Object.keys(links).sort()).toEqual([...linkIds].sort());
  });

  it.each(Object.entries(links))('%s is a page over https or a document beside the program', (_, link) => {
    if ('document' in link) expect(link.document).toMatch(/^[A-Z]+\.html$/);
    else expect(new URL(link.url)).toMatchObject({ protocol: 'https:', username: '', search: '', hash: '' });
  });
});

describe('isWebPage', () => {
  it.each(['https://device.sso.eu-central-1.amazonaws.com/', 'http://127.0.0.1:8080/x', 'http://localhost/'])(
    'lets %s through',
    (address) => expect(isWebPage(address)).toBe(true),
  );

  it.each([
    'file:///etc/passwd',
    'http://device.sso.eu-central-1.amazonaws.com/',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'ms-settings:privacy',
    'app://bundle/index.html',
    'device.sso.eu-central-1.amazonaws.com',
    '',
  ])('refuses “%s”, which starts another program or can be read on the way', (address) =>
    expect(isWebPage(address)).toBe(false),
  );
});
