/** @file The scripts that run in every new document, put together from the functions of this folder as source text. */
import { readFileSync } from 'node:fs';
import { isAskedOfAnyValue, notImplemented, refuseOthers } from '../refuse.ts';
import { askPerson, chooseFiles } from './ask-person.ts';
import { BridgeEnd, isPlainData } from './bridge-end.ts';
import { decode, encode, isJson, pack, packObject, unpack } from './codec.ts';
import {
  askWhilePaused,
  followTitle,
  makeIpcRenderer,
  makeWebUtils,
  post,
  startIsolatedWorld,
} from './isolated-world.ts';
import { frozen, refuseWindows, startMainWorld } from './main-world.ts';

type Part = (...args: never[]) => unknown;

/** Electron gives frames no preload, and so does the stand-in. */
const inTopFrame = (parts: readonly (Part | typeof BridgeEnd)[], body: string): string =>
  `if (window === window.top) (() => {\n'use strict';\n${parts.map(String).join('\n')}\n${body}\n})();`;

export const mainWorldScript = (token: string): string =>
  inTopFrame(
    [BridgeEnd, isPlainData, startMainWorld, frozen, refuseWindows],
    `startMainWorld(new BridgeEnd('${token}', 'page', 'preload'));`,
  );

const isolatedParts = [
  [
    BridgeEnd,
    encode,
    decode,
    isJson,
    isPlainData,
    pack,
    packObject,
    unpack,
    notImplemented,
    isAskedOfAnyValue,
    refuseOthers,
  ],
  [startIsolatedWorld, followTitle, post, makeIpcRenderer, makeWebUtils, askWhilePaused],
  [askPerson, chooseFiles],
].flat();

/** `preload`: the file's path. The file is CommonJS, as a sandboxed preload must be. */
export function isolatedWorldScript(token: string, preload: string | undefined): string {
  const code = preload === undefined ? '' : readFileSync(preload, 'utf8');
  const process = {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    platform: globalThis.process.platform,
  };
  return inTopFrame(
    isolatedParts,
    `globalThis.standInAskPerson = askPerson;
     const require = startIsolatedWorld(new BridgeEnd('${token}', 'preload', 'page'));
     const module = { exports: {} };
     (function (exports, require, module, process) {${code}
     }).call(module.exports, module.exports, require, module, ${JSON.stringify(process)});`,
  );
}
