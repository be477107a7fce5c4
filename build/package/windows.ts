/** @file The installer for Windows. */
import type { Configuration } from 'electron-builder';
import { documents } from './identity.ts';

export const windows: Pick<Configuration, 'win' | 'nsis'> = {
  win: {
    target: [{ target: 'nsis', arch: ['x64', 'arm64'] }],
    icon: 'build/icons/app.ico',
    // SECURITY: never as an administrator; Windows would then give the window no drops either.
    requestedExecutionLevel: 'asInvoker',
    // An update is installed only with the signature of who made this one.
    verifyUpdateCodeSignature: true,
    fileAssociations: documents.map(({ extension, description, icon }) => ({
      ext: extension,
      name: description,
      description,
      icon: `build/icons/${icon}.ico`,
    })),
  },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowElevation: true,
    allowToChangeInstallationDirectory: true,
    deleteAppDataOnUninstall: false,
    // “Seal with Envelope” in Explorer's menus.
    include: 'build/package/windows/installer.nsh',
  },
};
