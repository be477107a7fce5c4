/**
 * @file What `import … from 'electron'` yields in the main process. A name that the app does not use fails when it is
 * touched; one that is missing here altogether fails when it is imported.
 */
import { refuseAll } from './refuse.ts';

export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog } from './dialog.ts';
export { ipcMain } from './ipc-main.ts';
export { Menu, MenuItem } from './menu.ts';
export { nativeImage } from './native-image.ts';
export { nativeTheme } from './native-theme.ts';
export { Notification } from './notification.ts';
export { powerMonitor, powerSaveBlocker } from './power.ts';
export { safeStorage } from './safe-storage.ts';
export { protocol, session } from './session.ts';
export { screen } from './screen.ts';
export { shell } from './shell.ts';
export { webContents } from './web-contents.ts';

export const autoUpdater = refuseAll('autoUpdater');
export const BaseWindow = refuseAll('BaseWindow');
export const clipboard = refuseAll('clipboard');
export const contentTracing = refuseAll('contentTracing');
export const crashReporter = refuseAll('crashReporter');
export const desktopCapturer = refuseAll('desktopCapturer');
export const globalShortcut = refuseAll('globalShortcut');
export const inAppPurchase = refuseAll('inAppPurchase');
export const MessageChannelMain = refuseAll('MessageChannelMain');
export const net = refuseAll('net');
export const netLog = refuseAll('netLog');
export const ShareMenu = refuseAll('ShareMenu');
export const systemPreferences = refuseAll('systemPreferences');
export const TouchBar = refuseAll('TouchBar');
export const Tray = refuseAll('Tray');
export const utilityProcess = refuseAll('utilityProcess');
export const View = refuseAll('View');
export const WebContentsView = refuseAll('WebContentsView');
export const webFrameMain = refuseAll('webFrameMain');
