import { describe, expect, it } from 'vitest';
import { isOurs, PAGE } from './page-address.ts';

describe('isOurs', () => {
  const foreign = [
    'evil://bundle/index.html',
    'app://evil/index.html',
    'app://bundle.evil/index.html',
    'app://bundle:80/index.html',
    'app://user@bundle/index.html',
    'app://user:word@bundle/index.html',
    'appx://bundle/index.html',
    'https://bundle/index.html',
    'file:///bundle/index.html',
    'app:bundle/index.html',
    'about:blank',
    'null',
    '',
  ];
  it.each(foreign)('refuses %s', (url) => {
    expect(isOurs(url)).toBe(false);
  });

  it.each([PAGE, 'app://bundle/', 'app://bundle/index.html?a#b'])('takes %s', (url) => {
    expect(isOurs(url)).toBe(true);
  });

  it('does not go by the origin, which is the same text for every scheme of this kind', () => {
    expect(new URL('evil://bundle/').origin).toBe(new URL(PAGE).origin);
  });
});
