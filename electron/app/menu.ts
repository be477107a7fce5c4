import type { MenuItemConstructorOptions } from 'electron';
import type { LinkId } from '../../shared/contract.ts';
import type { Text } from './text.ts';

export type MenuOptions = {
  text: Text['menu'];
  platform: NodeJS.Platform;
  isPackaged: boolean;
  openLink: (link: LinkId) => void;
};

type Items = MenuItemConstructorOptions[];

/** The application's menu. On macOS copy and paste work only by its items; elsewhere it opens with Alt. */
export function menuTemplate(options: MenuOptions): Items {
  const { text, platform } = options;
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ label: 'Envelope', submenu: programItems(text) }] : []),
    {
      label: text.file,
      submenu: [isMac ? { role: 'close', label: text.close } : { role: 'quit', label: text.quit }],
    },
    { label: text.edit, submenu: editItems(text) },
    { label: text.view, submenu: viewItems(options) },
    ...(isMac ? [{ label: text.window, submenu: windowItems(text) }] : []),
    { role: 'help', label: text.help, submenu: helpItems(options) },
  ];
}

const line: Items[number] = { type: 'separator' };

function programItems(text: Text['menu']): Items {
  return [
    { role: 'about', label: text.about },
    line,
    { role: 'hide', label: text.hide },
    { role: 'hideOthers', label: text.hideOthers },
    { role: 'unhide', label: text.showAll },
    line,
    { role: 'quit', label: text.quit },
  ];
}

function editItems(text: Text['menu']): Items {
  return [
    { role: 'undo', label: text.undo },
    { role: 'redo', label: text.redo },
    line,
    { role: 'cut', label: text.cut },
    { role: 'copy', label: text.copy },
    { role: 'paste', label: text.paste },
    { role: 'selectAll', label: text.selectAll },
  ];
}

function viewItems({ text, isPackaged }: MenuOptions): Items {
  return [
    { role: 'zoomIn', label: text.zoomIn },
    { role: 'zoomOut', label: text.zoomOut },
    { role: 'resetZoom', label: text.actualSize },
    line,
    { role: 'togglefullscreen', label: text.fullScreen },
    ...(isPackaged ? [] : ([line, { role: 'reload' }, { role: 'toggleDevTools' }] satisfies Items)),
  ];
}

function windowItems(text: Text['menu']): Items {
  return [
    { role: 'minimize', label: text.minimize },
    { role: 'zoom', label: text.zoom },
  ];
}

function helpItems({ text, openLink }: MenuOptions): Items {
  return [
    { label: text.guide, click: () => openLink('help') },
    { label: text.format, click: () => openLink('format') },
  ];
}
