import { pathToFileURL } from 'node:url';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { absolutePaths, filesOf, readHandedOver } from './handed-over.ts';

describe('filesOf', () => {
  it('drops the program, the folder of the app if it is not packaged, and switches', () => {
    expect(filesOf(['/opt/envelope', '--no-sandbox', 'a.txt', '--type=x', 'b c.txt'], true)).toEqual([
      'a.txt',
      'b c.txt',
    ]);
    expect(filesOf(['electron', '--no-sandbox', '.', 'a.txt'], false)).toEqual(['a.txt']);
    expect(filesOf(['electron', '.'], false)).toEqual([]);
    expect(filesOf(['envelope'], true)).toEqual([]);
  });

  it('takes everything after -- as a file', () => {
    expect(filesOf(['envelope', 'a', '--', '-b', '--'], true)).toEqual(['a', '-b', '--']);
    expect(filesOf(['electron', '.', '--', '-b'], false)).toEqual(['-b']);
  });
});

describe('absolutePaths', () => {
  const cwd = path.resolve('/home/me');
  const of = (...paths: string[]): string[] => absolutePaths({ paths, cwd });

  it('starts relative names from the folder they were given in', () => {
    expect(of('a.txt', '../b', path.resolve('/c'))).toEqual([
      path.join(cwd, 'a.txt'),
      path.resolve('/home/b'),
      path.resolve('/c'),
    ]);
  });

  it('reads file URLs, with all that can be in them', () => {
    const odd = path.resolve('/tmp/100% näme #1?.envelope');
    expect(of(pathToFileURL(odd).href)).toEqual([odd]);
    expect(of('FILE:///tmp/a')).toEqual([path.resolve('/tmp/a')]);
  });

  it('knows no file of another machine', () => {
    const share = of('file://server/share/a');
    expect(share).toEqual(process.platform === 'win32' ? ['\\\\server\\share\\a'] : []);
  });

  it('drops what is no path', () => {
    expect(of('file:///tmp/a%2Fb', 'file:///%ZZ', 'a\0b')).toEqual([]);
  });

  it('takes a URL of the web for the name it is not', () => {
    expect(of('https://evil.test/a')).toEqual([path.join(cwd, 'https:', 'evil.test', 'a')]);
  });
});

describe('readHandedOver', () => {
  const good = { paths: ['a'], cwd: path.resolve('/') };
  const bad: unknown[] = [
    undefined,
    null,
    'a',
    [],
    {},
    { paths: 'a', cwd: good.cwd },
    { paths: [1], cwd: good.cwd },
    { paths: [''], cwd: good.cwd },
    { paths: ['a'], cwd: 'relative' },
    { ...good, more: true },
  ];
  it.each(bad.map((data) => [data]))('takes %j for nothing', (data) => {
    expect(readHandedOver(data)).toBeUndefined();
  });

  it('takes what a second instance sends', () => {
    expect(readHandedOver(good)).toEqual(good);
  });
});
