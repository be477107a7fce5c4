/** @file Where the window, the work and the system come together. */
import path from 'node:path';
import { app, type BrowserWindow, Menu, nativeTheme, Notification, session, shell } from 'electron';
import { EnvelopeError } from '../../shared/errors.ts';
import { type Settings, defaultSettings } from '../../shared/settings.ts';
import { GRANT } from '../../shared/contract.ts';
import { openGate } from '../ipc/gate.ts';
import { Grants } from '../ipc/grants.ts';
import { log, traceOf } from '../ipc/log.ts';
import { makeShellRoutes, openLink } from '../ipc/routes-shell.ts';
import type { Send, Shell, Work } from '../ipc/services.ts';
import type { SheetLanguage } from '../recovery/sheet-text.ts';
import type { Places } from '../settings/places.ts';
import { serveApp } from './app-protocol.ts';
import { Arrivals } from './arrivals.ts';
import { Closing } from './closing.ts';
import { Dialogs } from './dialogs.ts';
import { isWebPage } from './links.ts';
import { menuTemplate } from './menu.ts';
import { listPageFiles } from './page-files.ts';
import { readPicture } from './pictures.ts';
import { readRemembered, type Remembered, writeRemembered } from './remembered.ts';
import { Taskbar } from './taskbar.ts';
import { openSheetWindow } from './sheet-window.ts';
import { languageFor, type Text, textFor } from './text.ts';
import type { Told } from './told.ts';
import { openUpdater } from './updater.ts';
import { bringToFront, loadPage, makeWindow, placeOf } from './window.ts';

const onError = (error: unknown): void => log(traceOf(error));

export type DesktopOptions = { places: Places; openWork: (shell: Shell) => Promise<Work> };

export class Desktop {
  readonly grants = new Grants();
  readonly arrivals: Arrivals;
  readonly #options: DesktopOptions;
  #window: BrowserWindow | undefined;
  #work: Work | undefined;
  #language: SheetLanguage = 'en';
  #text: Text = textFor('system', []);
  /** Held, for one that nobody holds is not heard when it is clicked. */
  readonly #notifications = new Set<Notification>();
  #remembering = Promise.resolve();

  constructor(options: DesktopOptions) {
    this.#options = options;
    this.arrivals = new Arrivals({
      grant: async (paths) => await this.grants.grant(paths),
      deliver: (granted) => this.#send('filesArrived', granted),
      onError,
    });
  }

  /** After `ready`, once. @throws EnvelopeError if what is kept on this computer cannot be used at all */
  async open(): Promise<void> {
    this.#adopt(defaultSettings);
    const remembered = await readRemembered(this.#rememberedFile);
    const dialogs = new Dialogs({
      window: () => this.#shownWindow(),
      text: () => this.#text,
      folder: remembered.folder,
    });
    const work = await this.#options.openWork(this.#shell(dialogs));
    this.#work = work;
    this.#adopt(work.settings);
    work.onSettings((settings) => this.#adopt(settings));
    const window = this.#openWindow(remembered, dialogs, work);
    const taskbar = new Taskbar({
      showProgress: (fraction) => {
        if (!window.isDestroyed()) window.setProgressBar(fraction ?? -1);
      },
      isInSight: () => !window.isDestroyed() && window.isFocused(),
      notify: (told) => this.#notify(told),
    });
    work.onJobs(taskbar.onJobs);
    loadPage(window);
  }

  bringToFront(): void {
    if (this.#window?.isDestroyed() === false) bringToFront(this.#window);
  }

  /** Ends the work. */
  async close(): Promise<void> {
    await this.#remembering;
    await this.#work?.[Symbol.asyncDispose]();
  }

  #openWindow(remembered: Remembered, dialogs: Dialogs, work: Work): BrowserWindow {
    // Without `persist:` it lives in memory.
    const own = session.fromPartition('app', { cache: false });
    serveApp(own, listPageFiles(path.join(import.meta.dirname, 'renderer')));
    const window = makeWindow(own, remembered);
    this.#window = window;
    openGate(window.webContents, {
      ...work.routes,
      ...makeShellRoutes({ arrivals: this.arrivals, dialogs, grants: this.grants, keyStore: work.keyStore }),
      [GRANT]: async (paths) => await this.grants.grant(paths),
    });
    const closing = new Closing({
      isBusy: () => work.isBusy(),
      ask: async () => await dialogs.askToStop(),
      quit: () => app.quit(),
      onError,
    });
    window.on('close', (event) => {
      closing.onClose(event);
      const { folder } = dialogs;
      const now = { ...placeOf(window), ...(folder === undefined ? {} : { folder }) };
      this.#remembering = writeRemembered(this.#rememberedFile, now).catch(onError);
    });
    window.webContents.on('render-process-gone', () => this.arrivals.pageGone());
    return window;
  }

  #shell(dialogs: Dialogs): Shell {
    return {
      send: this.#send,
      grants: this.grants,
      askWhereToSave: async (name, what) => await dialogs.askWhereToSave(name, what),
      askForFile: async () => (await dialogs.pick('restore'))[0],
      showInFolder: (file) => shell.showItemInFolder(file),
      openFile: async (file) => {
        // The system's words, if any, may name the path; the page has it already.
        if ((await shell.openPath(file)) !== '') throw new EnvelopeError('io-failed', 'no program opened it');
      },
      // SECURITY: beside the table of links, the only address given to the system. It comes from AWS's sign-in service by way
      // of keys/aws/sso/page.ts, never from the page or an envelope.
      openSignInPage: async (url) => {
        if (isWebPage(url)) await shell.openExternal(url);
      },
      moveToBin: async (file) => await shell.trashItem(file),
      language: () => this.#language,
      showSheet: async (sheet) => await openSheetWindow(this.#shownWindow(), sheet),
      readPicture,
      openUpdater,
    };
  }

  readonly #send: Send = (name, payload) => {
    if (this.#window?.isDestroyed() === false) this.#window.webContents.send(name, payload);
  };

  /** Language and appearance, as the settings have them now. */
  #adopt({ language, appearance }: Settings): void {
    const preferred = app.getPreferredSystemLanguages();
    this.#language = languageFor(language, preferred);
    this.#text = textFor(language, preferred);
    nativeTheme.themeSource = appearance === 'contrast' ? 'system' : appearance;
    const template = menuTemplate({
      text: this.#text.menu,
      platform: process.platform,
      isPackaged: app.isPackaged,
      openLink: (link) => void openLink(link).catch(onError),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  #notify(told: Told): void {
    if (!Notification.isSupported()) return;
    const text = told.kind === 'ended' ? this.#text.ended(told) : this.#text.waits(told.operation);
    const notification = new Notification(text);
    notification.on('click', () => this.bringToFront());
    notification.on('close', () => this.#notifications.delete(notification));
    this.#notifications.add(notification);
    notification.show();
  }

  #shownWindow(): BrowserWindow {
    if (this.#window === undefined) throw new Error('there is no window yet');
    return this.#window;
  }

  get #rememberedFile(): string {
    return path.join(this.#options.places.desktopFolder, 'window.json');
  }
}
