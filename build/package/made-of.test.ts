/** @file What the bundles are made of, as the bill of materials and the licences beside the program say it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { needBundle } from './fakes/bundle.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const read = (...names: string[]): string => readFileSync(path.join(repository, ...names), 'utf8');

type Component = {
  group?: string;
  name: string;
  version: string;
  purl: string;
  licenses: ({ license: { id: string } } | { expression: string })[];
};
type Bill = { bomFormat: string; specVersion: string; components: Component[] };

/** Those that a program under the MIT licence may carry. */
const fitting = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'OFL-1.1',
];

const fullName = ({ group, name }: Component): string => (group === undefined ? name : `${group}/${name}`);
const licenceOf = ({ licenses: [first] }: Component): string =>
  first === undefined ? 'none' : 'license' in first ? first.license.id : first.expression;

let bill: Bill;
beforeAll(() => {
  needBundle();
  bill = JSON.parse(read('out/documents/sbom.cdx.json')) as Bill;
});

describe('the bill of materials', () => {
  it('is CycloneDX and the same each time: without a time or a number of its own', () => {
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    expect(Object.keys(bill)).not.toContain('serialNumber');
    expect(JSON.stringify(bill)).not.toContain('"timestamp"');
  });

  it('names every dependency that is bundled, in the version of the lock', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { version: string }>;
    };
    const named = bill.components.map(fullName);
    // Not bundled, and on the command line only (build/scripts/bundle.ts).
    const apart = ['trash'];
    expect(Object.keys(dependencies).filter((name) => !named.includes(name))).toEqual(apart);
    for (const name of ['react', 'react-dom', '@mantine/core', '@fontsource-variable/inter'])
      expect(named).toContain(name);
    for (const component of bill.components) {
      const name = fullName(component);
      const locked = Object.entries(packages)
        .filter(([place]) => place.endsWith(`node_modules/${name}`))
        .map(([, { version }]) => version);
      expect(locked, name).toContain(component.version);
      expect(component.purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${component.version}`);
    }
  });

  it('has no licence in it that ours does not go with', () => {
    const others = bill.components.filter((component) =>
      licenceOf(component)
        .replaceAll(/[()]/g, '')
        .split(' OR ')
        .every((one) => !fitting.includes(one)),
    );
    expect(others.map((component) => `${fullName(component)}: ${licenceOf(component)}`)).toEqual([]);
  });
});

describe('the licences', () => {
  it('stand in full for every package of the bill', () => {
    const text = read('out/documents/LICENSES.txt');
    for (const component of bill.components) {
      const head = `${fullName(component)} ${component.version} (`;
      expect(
        text.split('\n').filter((line) => line.startsWith(head)),
        head,
      ).toHaveLength(1);
    }
    expect(text).toContain('Permission is hereby granted, free of charge');
  });
});
