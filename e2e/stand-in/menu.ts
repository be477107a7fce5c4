/** @file `Menu`: a tree of items that a test clicks by id. Keys that would choose an item are the system's, and do nothing here. */
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { preventable } from './event.ts';
import { notImplemented, refuseOthers } from './refuse.ts';

type Template = Electron.MenuItemConstructorOptions;

const ROLES: Partial<Record<NonNullable<Template['role']>, () => void>> = {
  quit: () => app.quit(),
  close: () => BrowserWindow.getFocusedWindow()?.close(),
  minimize: () => BrowserWindow.getFocusedWindow()?.minimize(),
};

export class MenuItem {
  readonly id: string | undefined;
  readonly label: string;
  readonly role: Template['role'] | undefined;
  readonly type: NonNullable<Template['type']>;
  readonly accelerator: Template['accelerator'] | undefined;
  readonly submenu: Menu | undefined;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly #click: Template['click'];

  constructor(template: Template) {
    const { submenu } = template;
    this.id = template.id;
    this.role = template.role;
    this.label = template.label ?? template.role ?? '';
    this.type = template.type ?? (submenu ? 'submenu' : 'normal');
    this.accelerator = template.accelerator;
    this.enabled = template.enabled ?? true;
    this.visible = template.visible ?? true;
    this.checked = template.checked ?? false;
    this.submenu = Array.isArray(submenu) ? Menu.buildFromTemplate(submenu) : undefined;
    this.#click = template.click;
  }

  click(): void {
    if (!this.enabled) return;
    if (this.#click) {
      const focused = BrowserWindow.getFocusedWindow() ?? undefined;
      this.#click(this as never, focused as never, preventable() as never);
      return;
    }
    const act = this.role && ROLES[this.role];
    if (!act) throw notImplemented(`the menu's ${this.role ?? this.label}`);
    act();
  }
}

refuseOthers('MenuItem', MenuItem.prototype);

export class Menu {
  static #application: Menu | null = null;
  readonly items: MenuItem[];

  private constructor(items: MenuItem[]) {
    this.items = items;
  }

  static buildFromTemplate(template: Template[]): Menu {
    return new Menu(template.map((item) => new MenuItem(item)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

refuseOthers('Menu', Menu.prototype);
