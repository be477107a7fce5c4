/**
 * @file What the program is made of, for those who ask: `LICENSES.txt`, the licence of every package whose code is in the
 * bundles, and `sbom.cdx.json`, the same as a bill of materials (CycloneDX).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as Cdx from '@cyclonedx/cyclonedx-library';

const root = path.resolve(import.meta.dirname, '../..');
const SCOPED_OR_NOT = /^(.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+)/;

type Package = { folder: string; manifest: Manifest };
type Manifest = { name: string; version: string; license?: string; homepage?: string };

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;

/** The packages that the modules of a bundle come from, by name. Virtual modules are of nobody. */
function packagesOf(modules: Iterable<string>): Package[] {
  const folders = new Set<string>();
  for (const module of modules) {
    const folder = SCOPED_OR_NOT.exec(module.replace(/^\0/, ''))?.[1];
    if (folder !== undefined && existsSync(path.join(folder, 'package.json'))) folders.add(folder);
  }
  return [...folders]
    .map((folder) => ({ folder, manifest: manifestIn(folder) }))
    .toSorted((one, other) => (one.manifest.name < other.manifest.name ? -1 : 1));
}

/** The texts that a package brings: LICENSE, LICENCE.md, NOTICE, … @throws Error if it names no licence at all */
function licenceOf({ folder, manifest }: Package): string {
  if (manifest.license === undefined) throw new Error(`${manifest.name} names no licence`);
  const texts = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|notice|copying)/i.test(name) && !/\.(js|ts)$/.test(name))
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name), 'utf8').trim());
  const head = `${manifest.name} ${manifest.version} (${manifest.license})`;
  return [
    head,
    '-'.repeat(head.length),
    ...(texts.length > 0 ? texts : ['The package brings no text.']),
  ].join('\n\n');
}

/** @throws Error unless `text` is an SPDX expression of the simple kind that packages use: `(MIT OR Apache-2.0)` */
function needExpression(text: string): void {
  const simple = /^\(?[A-Za-z0-9.+-]+(?: (?:OR|AND|WITH) [A-Za-z0-9.+-]+)*\)?$/;
  if (!simple.test(text)) throw new Error(`not an SPDX expression: ${text}`);
}

function billOf(packages: readonly Package[]): string {
  const { Builders } = Cdx.Contrib.FromNodePackageJson;
  const { LicenseFactory } = Cdx.Contrib.License.Factories;
  const { ExternalReferenceFactory } = Cdx.Contrib.FromNodePackageJson.Factories;
  const builder = new Builders.ComponentBuilder(
    new ExternalReferenceFactory(),
    new LicenseFactory(needExpression),
  );
  const componentOf = (folder: string, type: Cdx.Enums.ComponentType): Cdx.Models.Component => {
    const manifest = manifestIn(folder);
    const component = builder.makeComponent(manifest, type);
    if (component === undefined) throw new Error(`${folder} cannot be described`);
    const purl = `pkg:npm/${manifest.name.replace('@', '%40')}@${manifest.version}`;
    component.purl = purl;
    component.bomRef.value = purl;
    return component;
  };
  const bom = new Cdx.Models.Bom();
  bom.metadata.component = componentOf(root, Cdx.Enums.ComponentType.Application);
  for (const { folder } of packages) bom.components.add(componentOf(folder, Cdx.Enums.ComponentType.Library));
  const serializer = new Cdx.Serialize.JsonSerializer(
    new Cdx.Serialize.JSON.Normalize.Factory(Cdx.Spec.Spec1dot6),
  );
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/**
 * Writes both into `out`. Neither has a time or a random number in it: the same packages make the same files.
 * @param modules absolute paths of what was bundled
 */
export function writeNotices(modules: Iterable<string>, out: string): void {
  const packages = packagesOf(modules);
  const head = `Envelope contains these packages. Electron brings LICENSE.electron.txt and LICENSES.chromium.html beside it.`;
  writeFileSync(path.join(out, 'LICENSES.txt'), `${[head, ...packages.map(licenceOf)].join('\n\n\n')}\n`);
  writeFileSync(path.join(out, 'sbom.cdx.json'), billOf(packages));
}
