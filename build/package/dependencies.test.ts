/** @file What others have written comes in as it was when it was looked at, and runs nothing while it is installed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const repository = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(repository, name), 'utf8');

type Manifest = { dependencies: Record<string, string>; devDependencies: Record<string, string> };
type Lock = { packages: Record<string, { integrity?: string; link?: boolean }> };

describe('dependencies', () => {
  it('are of exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Manifest;
    const all = Object.entries({ ...dependencies, ...devDependencies });
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(version))).toEqual([]);
  });

  it('have a sum each, those of dependencies too', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as Lock;
    const all = Object.entries(packages).filter(([name]) => name !== '');
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))).toEqual(
      [],
    );
  });

  it('run no scripts when they are installed', () => {
    expect(read('.npmrc').split('\n')).toContain('ignore-scripts=true');
  });
});
