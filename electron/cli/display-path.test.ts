import { describe, expect, it } from 'vitest';
import { displayPath } from './display-path.ts';

describe('displayPath', () => {
  it.each([
    ['/home/a/docs/b.pdf', 'docs/b.pdf'],
    ['/home/a/..b', '..b'],
    ['/home/ab', '/home/ab'],
    ['/home/a', '/home/a'],
    ['/etc/passwd', '/etc/passwd'],
    ['docs/b.pdf', 'docs/b.pdf'],
    ['/home/a/\u001b]0;x', '\\u001b]0;x'],
  ])('%j is shown as %j', (file, shown) => {
    expect(displayPath(file, '/home/a')).toBe(shown);
  });
});
