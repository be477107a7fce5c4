/**
 * @file The two halves of the main process, and what each offers the other: the shell (window, dialogs, grants) and the
 * work (queue, keys, settings).
 */
import type { EventName, PayloadOf, Routes } from '../../shared/contract.ts';
import type { KeyStoreState } from '../../shared/desktop.ts';
import type { LabourChange } from '../app/taskbar.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Picture } from '../recovery/scan.ts';
import type { SheetLanguage } from '../recovery/sheet-text.ts';
import type { Updater } from '../updates/updates.ts';
import type { Grants } from './grants.ts';

/** Ends a subscription. */
export type Unsubscribe = () => void;

/** Tells the page; nobody hears it while there is none. */
export type Send = <Name extends EventName>(name: Name, payload: PayloadOf<Name>) => void;

/** What the work may ask of the desktop. */
export type Shell = {
  readonly send: Send;
  readonly grants: Grants;
  /** Asks with the system's dialog where to write a file that is now called `name`. @returns undefined if cancelled */
  askWhereToSave(name: string, what?: 'backup' | 'sheet' | 'report'): Promise<string | undefined>;
  /** Asks with the system's dialog for one file. @returns undefined if cancelled */
  askForFile(): Promise<string | undefined>;
  showInFolder(path: string): void;
  /** Opens a file with the program the system has for it. @throws EnvelopeError `io-failed` */
  openFile(path: string): Promise<void>;
  /** Opens a page of AWS to sign in on, which was checked (page.ts). @throws Error if the system cannot */
  openSignInPage(url: string): Promise<void>;
  /** @throws Error if the system cannot */
  moveToBin(path: string): Promise<void>;
  /** The language that people are spoken to in. */
  language(): SheetLanguage;
  /** Shows a document of ours in a window of its own, from which nothing gets out. */
  showSheet(sheet: ShownDocument): Promise<SheetWindow>;
  /** What updates this program, or why nothing does. */
  openUpdater(): Promise<Updater | 'no-feed' | 'package'>;
  /** The pixels of a picture file. @throws EnvelopeError `picture-unreadable`, those of reading */
  readPicture(path: string): Promise<Picture>;
};

/** A whole document of HTML, whose style carries the nonce. */
export type ShownDocument = { title: string; html: (nonce: string) => string };

/** SECURITY: a window that shows a secret. */
export type SheetWindow = {
  readonly closed: boolean;
  /** Brings it to the front. */
  show(): void;
  /** @returns false if the user cancelled it @throws EnvelopeError `print-failed` */
  print(): Promise<boolean>;
  /** The caller wipes the bytes. */
  toPdf(): Promise<Buffer>;
  close(): void;
};

/** Calls that the shell answers. */
export type ShellRoutes = Pick<Routes, 'appInfo' | 'takeArrivals' | 'openLink' | 'pick'>;
/** All others. */
export type WorkRoutes = Omit<Routes, keyof ShellRoutes>;

/** The work, once it is set up. Disposing stops what runs, cleans up behind it and wipes what was unlocked. */
export type Work = AsyncDisposable & {
  readonly routes: WorkRoutes;
  readonly keyStore: KeyStoreState;
  /** The settings as they are now. */
  readonly settings: Settings;
  /** Whether a batch is being worked on or waits for an answer. */
  isBusy(): boolean;
  /** Batches, and the change of who can open, as they are now: for the taskbar. */
  onJobs(listener: (change: LabourChange) => void): Unsubscribe;
  onSettings(listener: (settings: Settings) => void): Unsubscribe;
};
