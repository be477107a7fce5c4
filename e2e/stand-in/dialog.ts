/**
 * @file `dialog`: every question is noted and answered by the test (recorder.ts), or fails at once. Only where the window
 * can be seen, a person is asked, as well as Chromium's own small dialogs can.
 */
import { isHeaded } from './browser.ts';
import type { BrowserWindow } from './browser-window.ts';
import type { PersonalQuestion } from './page/ask-person.ts';
import { record, takeAnswer } from './recorder.ts';
import { refuseOthers } from './refuse.ts';

type Kind<Options, Answer> = {
  what: string;
  question: (options: Options) => PersonalQuestion;
  answer: (given: string[], options: Options) => Answer;
};
type Asked<Options, Answer> = (...args: [BrowserWindow, Options] | [Options]) => Promise<Answer>;

const asked =
  <Options, Answer>({ what, question, answer }: Kind<Options, Answer>): Asked<Options, Answer> =>
  async (...args) => {
    const [window, options] = args.length === 2 ? args : [undefined, args[0]];
    record(what, options);
    if (!isHeaded || !window) return takeAnswer(what) as Answer;
    return answer(await window.webContents.askPerson(question(options)), options);
  };

export const dialog = refuseOthers('dialog', {
  showOpenDialog: asked<Electron.OpenDialogOptions, Electron.OpenDialogReturnValue>({
    what: 'dialog.showOpenDialog',
    question: ({ properties = [], title = 'Folder', defaultPath: suggested = '' }) =>
      properties.includes('openDirectory')
        ? { kind: 'path', title, suggested }
        : { kind: 'files', multiple: properties.includes('multiSelections') },
    answer: (filePaths) => ({ canceled: filePaths.length === 0, filePaths }),
  }),
  showSaveDialog: asked<Electron.SaveDialogOptions, Electron.SaveDialogReturnValue>({
    what: 'dialog.showSaveDialog',
    question: ({ title = 'File', defaultPath: suggested = '' }) => ({ kind: 'path', title, suggested }),
    answer: ([filePath = '']) => ({ canceled: filePath === '', filePath }),
  }),
  showMessageBox: asked<Electron.MessageBoxOptions, Electron.MessageBoxReturnValue>({
    what: 'dialog.showMessageBox',
    question: ({ message, detail = '' }) => ({ kind: 'yes-no', text: `${message}\n${detail}` }),
    // Yes is the last button, as everywhere in this app.
    answer: ([yes], { buttons = ['OK'], cancelId = 0 }) => ({
      response: yes === undefined ? cancelId : buttons.length - 1,
      checkboxChecked: false,
    }),
  }),
  showErrorBox: (title: string, content: string): void => {
    record('dialog.showErrorBox', title, content);
    console.error(`${title}\n${content}`);
  },
});
