/** @file Packages for Linux: deb and rpm, which keep the sandbox and know our files; AppImage for the rest. */
import type { Configuration } from 'electron-builder';
import { documents, EXECUTABLE } from './identity.ts';

const SHARE = 'build/package/linux';
const PICTURES = [16, 24, 32, 48, 64, 128, 256, 512];

const mimeIconName = (mimeType: string): string => mimeType.replace('/', '-');

/** Beside the program: kinds of files with their icons and magic, and an entry in the menus of file managers. */
const shared: readonly string[] = [
  `${SHARE}/envelope-mime.xml=/usr/share/mime/packages/${EXECUTABLE}.xml`,
  `${SHARE}/seal-with-envelope.desktop=/usr/share/kio/servicemenus/seal-with-envelope.desktop`,
  `${SHARE}/seal_with_envelope.py=/usr/share/nautilus-python/extensions/seal_with_envelope.py`,
  ...documents.flatMap(({ mimeType, icon }) =>
    PICTURES.map((size) => {
      const picture = `${size}x${size}`;
      return `build/icons/${icon}/${picture}.png=/usr/share/icons/hicolor/${picture}/mimetypes/${mimeIconName(mimeType)}.png`;
    }),
  ),
];

export const linux: Pick<Configuration, 'linux' | 'deb' | 'rpm' | 'appImage' | 'toolsets'> = {
  linux: {
    target: ['deb', 'rpm', 'AppImage'],
    executableName: EXECUTABLE,
    icon: 'build/icons/app',
    category: 'Utility',
    synopsis: 'Seals files with envelope encryption',
    maintainer: 'The Envelope project <maintainers@envelope.invalid>',
    // The desktop entry bears the name that `desktopName` of package.json tells Electron: portals and taskbars go by it.
    syncDesktopName: true,
    mimeTypes: documents.map(({ mimeType }) => mimeType),
    // For an AppImage, whose root is the program's folder: what makes it known to a desktop reads it there.
    extraFiles: [
      {
        from: `${SHARE}/envelope-mime.xml`,
        to: `usr/share/mime/packages/${EXECUTABLE}.xml`,
      },
    ],
    desktop: {
      entry: {
        Keywords: 'encrypt;decrypt;seal;KMS;key;security;',
        StartupNotify: 'true',
        // One window, whatever is handed over.
        SingleMainWindow: 'true',
      },
    },
  },
  deb: { packageCategory: 'utils', recommends: ['libsecret-1-0'], fpm: [...shared] },
  rpm: { fpm: [...shared] },
  // SECURITY: the tools of before 1.0 start the program with `--no-sandbox`.
  toolsets: { appimage: '1.0.3' },
};
