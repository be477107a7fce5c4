/** @file `dialog`: every question is noted and answered by the test (recorder.ts), or fails at once. */
import { BrowserWindow } from './browser-window.ts';
import { record, takeAnswer } from './recorder.ts';
import { refuseOthers } from './refuse.ts';

type Asked<Options, Answer> = (...args: [BrowserWindow, Options] | [Options]) => Promise<Answer>;

const asked =
  <Options, Answer>(what: string): Asked<Options, Answer> =>
  async (...args) => {
    record(what, args[0] instanceof BrowserWindow ? args[1] : args[0]);
    return takeAnswer(what) as Answer;
  };

export const dialog = refuseOthers('dialog', {
  showOpenDialog: asked<Electron.OpenDialogOptions, Electron.OpenDialogReturnValue>('dialog.showOpenDialog'),
  showSaveDialog: asked<Electron.SaveDialogOptions, Electron.SaveDialogReturnValue>('dialog.showSaveDialog'),
  showMessageBox: asked<Electron.MessageBoxOptions, Electron.MessageBoxReturnValue>('dialog.showMessageBox'),
  showErrorBox: (title: string, content: string): void => {
    record('dialog.showErrorBox', title, content);
    console.error(`${title}\n${content}`);
  },
});
