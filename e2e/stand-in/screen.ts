/** @file `screen`: one display, which never changes. */
import { EventEmitter } from 'node:events';
import { refuseOthers } from './refuse.ts';

const bounds = { x: 0, y: 0, width: 1920, height: 1080 };
const display = refuseOthers('Display', { id: 1, bounds, workArea: bounds, scaleFactor: 1 });

class Screen extends EventEmitter {
  getAllDisplays(): object[] {
    return [display];
  }

  getPrimaryDisplay(): object {
    return display;
  }
}

refuseOthers('screen', Screen.prototype);

export const screen = new Screen();
