/** @file Packages for macOS: one program for both kinds of processors, as a disk image and, for updates, a zip. */
import type { Configuration } from 'electron-builder';
import { documents } from './identity.ts';

/** What our kinds of files are to macOS. `.envelope` is JSON; the body is just bytes. */
const exportedTypes = documents.map(({ extension, mimeType, uti, description, magic }) => ({
  UTTypeIdentifier: uti,
  UTTypeDescription: description,
  UTTypeConformsTo: [magic === undefined ? 'public.data' : 'public.json', 'public.content'],
  UTTypeTagSpecification: { 'public.filename-extension': [extension], 'public.mime-type': mimeType },
}));

/** Every file and folder offers “Open With > Envelope”, which seals it; none is ever taken over. */
const anything = {
  CFBundleTypeName: 'File or folder',
  CFBundleTypeRole: 'Viewer',
  LSHandlerRank: 'Alternate',
  LSItemContentTypes: ['public.data', 'public.folder'],
};

const ours = documents.map(({ uti, description, icon, rank }) => ({
  CFBundleTypeName: description,
  CFBundleTypeRole: 'Editor',
  CFBundleTypeIconFile: `${icon}.icns`,
  LSHandlerRank: rank,
  LSItemContentTypes: [uti],
}));

export const mac: Pick<Configuration, 'mac' | 'dmg'> = {
  mac: {
    target: [
      { target: 'dmg', arch: ['universal'] },
      { target: 'zip', arch: ['universal'] },
    ],
    category: 'public.app-category.utilities',
    icon: 'build/icons/app.icns',
    // Signing and notarising: by the variables of electron-builder (CSC_LINK, CSC_KEY_PASSWORD; APPLE_API_KEY,
    // APPLE_API_KEY_ID, APPLE_API_ISSUER). Without them nothing is signed.
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/package/mac/entitlements.plist',
    entitlementsInherit: 'build/package/mac/entitlements.plist',
    extraResources: [{ from: 'build/icons/document.icns', to: 'document.icns' }],
    extendInfo: {
      CFBundleDocumentTypes: [...ours, anything],
      UTExportedTypeDeclarations: exportedTypes,
      NSHumanReadableCopyright: 'MIT licence',
    },
  },
  dmg: { title: '${productName} ${version}', writeUpdateInfo: false },
};
