/**
 * @file Runs in the page's sandboxed process, in a world of its own, before the page. Imports only electron and shared/.
 *
 * SECURITY: the page gets `window.envelope` and nothing else: one function per call of the contract, `on` and `grant`. No
 * channel names, no event objects, no paths.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { callNames, type Client, GRANT, isEventName, type Result } from '../shared/contract.ts';
import type { Granted } from '../shared/desktop.ts';

type Refused = Granted['refused'][number];

const calls = Object.fromEntries(
  callNames.map((name) => [
    name,
    (...args: unknown[]): Promise<unknown> => ipcRenderer.invoke(name, ...args),
  ]),
);

const on: Client['on'] = (name, listener) => {
  if (!isEventName(name)) throw new TypeError('no such event');
  const heard = (_event: unknown, payload: Parameters<typeof listener>[0]): void => listener(payload);
  ipcRenderer.on(name, heard);
  return () => {
    ipcRenderer.off(name, heard);
  };
};

/** As much as can be said of a value of the page here: whether it is a file, Electron says by throwing. */
const isObject = (value: unknown): value is File => typeof value === 'object' && value !== null;

/** The path of a file that was dropped or pasted; '' for one that was made by a page, and for what is no file at all. */
function pathOf(file: unknown): string {
  if (!isObject(file)) return '';
  try {
    return webUtils.getPathForFile(file);
  } catch {
    return '';
  }
}

function withoutPlace(file: unknown): Refused {
  const name = file instanceof File ? file.name : '';
  const message = 'the file has no place on disk';
  return { name, error: { code: 'source-missing', message, details: { why: 'no-place' } } };
}

const grant: Client['grant'] = async (files) => {
  const found = files.map((file) => ({ file, path: pathOf(file) }));
  const paths = found.map(({ path }) => path).filter(Boolean);
  const answer: Result<Granted> = await ipcRenderer.invoke(GRANT, paths);
  if (!answer.ok) return answer;
  const placeless = found.filter(({ path }) => path === '').map(({ file }) => withoutPlace(file));
  return { ok: true, value: { ...answer.value, refused: [...answer.value.refused, ...placeless] } };
};

contextBridge.exposeInMainWorld('envelope', { ...calls, on, grant });
