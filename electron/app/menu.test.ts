import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from './menu.ts';
import { textFor } from './text.ts';

const opened: string[] = [];
const template = (platform: NodeJS.Platform, isPackaged: boolean): MenuItemConstructorOptions[] =>
  menuTemplate({
    text: textFor('en', []).menu,
    platform,
    isPackaged,
    openLink: (link) => opened.push(link),
  });
const all = (items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])]);
const roles = (items: MenuItemConstructorOptions[]): unknown[] => all(items).map(({ role }) => role);

describe('menuTemplate', () => {
  it.each(['darwin', 'linux', 'win32'] as const)('has what copying and quitting need on %s', (platform) => {
    expect(roles(template(platform, true))).toEqual(
      expect.arrayContaining(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'quit']),
    );
  });

  it('has no tools for developers once it is packaged', () => {
    expect(roles(template('linux', true))).not.toContain('toggleDevTools');
    expect(roles(template('linux', true))).not.toContain('reload');
    expect(roles(template('linux', false))).toContain('toggleDevTools');
  });

  it('begins with the program itself on macOS only', () => {
    expect(template('darwin', true)[0]?.label).toBe('Envelope');
    expect(template('linux', true)[0]?.label).toBe('File');
  });

  it('opens our documents', () => {
    const clicks = all(template('linux', true)).map(({ click }) => click as (() => void) | undefined);
    for (const click of clicks) click?.();
    expect(opened).toEqual(['help', 'format']);
  });
});
