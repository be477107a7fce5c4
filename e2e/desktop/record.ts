/** @file Calls to the system as the specs see them: noted, and answered, on every backend alike. */
import type { ElectronApplication } from '@playwright/test';
import type { RecordedCall } from '../stand-in/recorder.ts';

/** What the app asks of a person by a dialog of the system. */
export type Dialogs = {
  'dialog.showOpenDialog': Electron.OpenDialogReturnValue;
  'dialog.showSaveDialog': Electron.SaveDialogReturnValue;
  'dialog.showMessageBox': Electron.MessageBoxReturnValue;
  'webContents.print': { success: boolean; failureReason: string };
};

/** Gives real Electron the recorder that the stand-in has by itself. Runs in the main process. */
function installRecorder({
  app,
  BrowserWindow,
  dialog,
  Notification,
  shell,
}: typeof Electron.CrossProcessExports): void {
  globalThis.recorder = { calls: [], answers: {}, notifications: [] };
  const { calls, answers, notifications } = globalThis.recorder;
  const replace = (owner: object, name: string, what: string, answer: (args: unknown[]) => unknown): void => {
    Object.defineProperty(owner, name, {
      configurable: true,
      value: (...args: unknown[]) => {
        const known = args.filter((item) => !(item instanceof BrowserWindow));
        calls.push({ what, args: structuredClone(known) });
        return answer(known);
      },
    });
  };
  for (const name of ['showOpenDialog', 'showSaveDialog', 'showMessageBox']) {
    replace(dialog, name, `dialog.${name}`, async () => {
      const waiting = answers[`dialog.${name}`] ?? [];
      if (waiting.length === 0) throw new Error(`nobody has answered dialog.${name}`);
      return waiting.shift();
    });
  }
  replace(shell, 'openExternal', 'shell.openExternal', async () => {});
  replace(shell, 'openPath', 'shell.openPath', async () => '');
  replace(shell, 'showItemInFolder', 'shell.showItemInFolder', () => {});
  const trashItem = shell.trashItem.bind(shell);
  replace(shell, 'trashItem', 'shell.trashItem', async ([file]) => await trashItem(String(file)));
  replace(BrowserWindow.prototype, 'setProgressBar', 'BrowserWindow.setProgressBar', () => {});
  replace(BrowserWindow.prototype, 'flashFrame', 'BrowserWindow.flashFrame', () => {});
  replace(BrowserWindow.prototype, 'setContentProtection', 'BrowserWindow.setContentProtection', () => {});
  app.on('web-contents-created', (_event, contents) => {
    contents.print = (options, answered) => {
      calls.push({ what: 'webContents.print', args: [structuredClone(options)] });
      const answer = answers['webContents.print']?.shift() as Dialogs['webContents.print'];
      setImmediate(() => answered?.(answer.success, answer.failureReason));
    };
  });
  Notification.prototype.show = function () {
    calls.push({ what: 'Notification.show', args: [{ title: this.title, body: this.body }] });
    notifications.push(this);
  };
}

export async function record(app: ElectronApplication): Promise<void> {
  await app.evaluate(installRecorder as never);
}

/** The calls so far, of one kind or of all. */
export async function recordedCalls(app: ElectronApplication, what?: string): Promise<RecordedCall[]> {
  const calls = await app.evaluate(() => globalThis.recorder.calls);
  return what === undefined ? calls : calls.filter((call) => call.what === what);
}

export async function forgetCalls(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => void globalThis.recorder.calls.splice(0));
}

/** Lays an answer ready for the next question of its kind that has none. An unanswered question fails at once. */
export async function answerDialog<Kind extends keyof Dialogs>(
  app: ElectronApplication,
  what: Kind,
  answer: Dialogs[Kind],
): Promise<void> {
  await app.evaluate(
    (_, given) => {
      (globalThis.recorder.answers[given.what] ??= []).push(given.answer);
    },
    { what, answer },
  );
}

export async function clickNotification(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const last = globalThis.recorder.notifications.at(-1);
    if (!last) throw new Error('no notification was shown');
    last.emit('click');
  });
}
