import { expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';

it('reads the line that Playwright writes', () => {
  const words = ['-r', '/loader.js', '--no-sandbox', '--inspect=0', '--remote-debugging-port=0'];
  expect(parseCommandLine([...words, '/app', '--user-data-dir=/a b=c', '/file'])).toEqual({
    requires: ['/loader.js'],
    switches: new Map([
      ['no-sandbox', ''],
      ['inspect', '0'],
      ['remote-debugging-port', '0'],
      ['user-data-dir', '/a b=c'],
    ]),
    app: '/app',
  });
});

it('takes the folder it is in if no app is named', () => {
  expect(parseCommandLine(['--inspect=0']).app).toBe('.');
});

it('leaves what stands behind the app to the app', () => {
  expect(parseCommandLine(['/app', '-r', '/file']).requires).toEqual([]);
});
