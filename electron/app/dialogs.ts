/** @file The system's own dialogs. What the user chooses in them is what the user has handed over. */
import path from 'node:path';
import { type BrowserWindow, dialog, type FileFilter, type OpenDialogOptions } from 'electron';
import type { ArgumentsOf } from '../../shared/contract.ts';
import type { Text } from './text.ts';

/** What is chosen: by the page's wish, or a copy of a key. */
export type Choice = ArgumentsOf<'pick'>[0] | 'restore';

export type DialogsOptions = {
  window: () => BrowserWindow;
  text: () => Text;
  /** Where the first dialog starts. */
  folder: string | undefined;
};

export class Dialogs {
  readonly #options: DialogsOptions;
  #folder: string | undefined;

  constructor(options: DialogsOptions) {
    this.#options = options;
    this.#folder = options.folder;
  }

  /** Where something was last chosen. */
  get folder(): string | undefined {
    return this.#folder;
  }

  /** @returns absolute paths; none if cancelled */
  async pick(kind: Choice): Promise<string[]> {
    const text = this.#options.text();
    const answer = await dialog.showOpenDialog(this.#options.window(), {
      title: text.choose[kind],
      ...(this.#folder === undefined ? {} : { defaultPath: this.#folder }),
      ...openOptions(kind, text),
    });
    this.#remember(answer.filePaths[0], kind);
    return answer.filePaths;
  }

  /** @returns an absolute path; undefined if cancelled */
  async askWhereToSave(
    name: string,
    what: 'backup' | 'sheet' | 'report' = 'backup',
  ): Promise<string | undefined> {
    const answer = await dialog.showSaveDialog(this.#options.window(), {
      title: this.#options.text().choose[what],
      defaultPath: this.#folder === undefined ? name : path.join(this.#folder, name),
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    });
    const file = answer.canceled || answer.filePath === '' ? undefined : answer.filePath;
    this.#remember(file, 'files');
    return file;
  }

  /** @returns whether work that is running shall be stopped */
  async askToStop(): Promise<boolean> {
    const { message, detail, keep, stop } = this.#options.text().closing;
    const answer = await dialog.showMessageBox(this.#options.window(), {
      type: 'warning',
      message,
      detail,
      buttons: [keep, stop],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    return answer.response === 1;
  }

  #remember(chosen: string | undefined, kind: Choice): void {
    if (chosen === undefined) return;
    this.#folder = kind === 'output' ? chosen : path.dirname(chosen);
  }
}

/** Windows and Linux have no dialog for files and folders at once. */
function openOptions(choice: Choice, { kinds }: Text): Pick<OpenDialogOptions, 'properties' | 'filters'> {
  const ending = (name: string, ...extensions: string[]): FileFilter[] => [
    { name, extensions },
    { name: kinds.all, extensions: ['*'] },
  ];
  const options: Record<Choice, ReturnType<typeof openOptions>> = {
    files: { properties: ['openFile', 'multiSelections', 'dontAddToRecent'] },
    folder: { properties: ['openDirectory', 'dontAddToRecent'] },
    output: { properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] },
    restore: { properties: ['openFile', 'dontAddToRecent'] },
    body: { properties: ['openFile', 'dontAddToRecent'], filters: ending(kinds.bodies, 'enc') },
    picture: {
      properties: ['openFile', 'dontAddToRecent'],
      filters: ending(kinds.pictures, 'png', 'jpg', 'jpeg'),
    },
    envelope: { properties: ['openFile', 'dontAddToRecent'], filters: ending(kinds.envelopes, 'envelope') },
    certificates: {
      properties: ['openFile', 'dontAddToRecent'],
      filters: ending(kinds.certificates, 'pem', 'crt', 'cer'),
    },
  };
  return options[choice];
}
