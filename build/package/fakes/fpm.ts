/**
 * @file fpm's command line, as far as electron-builder uses it for a deb, over Debian's own dpkg-deb: for tests where fpm
 * cannot be fetched. `fpm -s dir -t deb … from=to …`. Of an rpm it makes what decides it: JSON with the options, the names
 * of the files, and the scripts.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const options = new Map<string, string>();
const depends: string[] = [];
const mappings: [from: string, to: string][] = [];

const words = process.argv.slice(2);
for (let word = words.shift(); word !== undefined; word = words.shift()) {
  if (word === '-d') depends.push(words.shift() ?? '');
  else if (word === '-s' || word === '-t') options.set(word, words.shift() ?? '');
  else if (word === '--force') continue;
  else if (word.startsWith('--')) {
    const [name = '', value] = word.slice(2).split('=', 2);
    options.set(name, value ?? words.shift() ?? '');
  } else {
    const cut = word.lastIndexOf('=');
    mappings.push([word.slice(0, cut), word.slice(cut + 1)]);
  }
}
const format = options.get('-t');
if (format !== 'deb' && format !== 'rpm') throw new Error('only deb and rpm');
const option = (name: string): string => options.get(name) ?? '';

const root = mkdtempSync(path.join(tmpdir(), 'fpm-'));
for (const [from, to] of mappings) {
  const target = path.join(root, to);
  mkdirSync(path.dirname(target), { recursive: true });
  if (from.endsWith('/')) cpSync(from, target, { recursive: true, verbatimSymlinks: true });
  else copyFileSync(from, target);
}
if (format === 'rpm') {
  const told = {
    options: Object.fromEntries(options),
    depends,
    files: readdirSync(root, { recursive: true, encoding: 'utf8' }),
    afterInstall: readFileSync(option('after-install'), 'utf8'),
  };
  writeFileSync(option('package'), JSON.stringify(told));
  rmSync(root, { recursive: true });
  process.exit();
}
const control = path.join(root, 'DEBIAN');
mkdirSync(control);
const [synopsis = '', ...rest] = option('description').split('\n');
writeFileSync(
  path.join(control, 'control'),
  `${[
    `Package: ${option('name')}`,
    `Version: ${option('version')}`,
    `Architecture: ${option('architecture')}`,
    `Maintainer: ${option('maintainer')}`,
    `Depends: ${depends.join(', ')}`,
    `Section: ${option('category')}`,
    `Priority: ${option('deb-priority')}`,
    `Homepage: ${option('url')}`,
    `Description: ${synopsis}`,
    ...rest.map((line) => ` ${line.trim() || '.'}`),
  ].join('\n')}\n`,
);
for (const [name, file] of [
  ['after-install', 'postinst'],
  ['after-remove', 'postrm'],
] as const) {
  copyFileSync(option(name), path.join(control, file));
  chmodSync(path.join(control, file), 0o755);
}
execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', root, option('package')], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
rmSync(root, { recursive: true });
