/** @file `powerMonitor`, whose events a test emits, and `powerSaveBlocker`. */
import { EventEmitter } from 'node:events';
import { record } from './recorder.ts';
import { refuseOthers } from './refuse.ts';

class PowerMonitor extends EventEmitter {}

refuseOthers('powerMonitor', PowerMonitor.prototype);

export const powerMonitor = new PowerMonitor();

const blocking = new Set<number>();
let lastId = 0;

export const powerSaveBlocker = refuseOthers('powerSaveBlocker', {
  start: (type: Parameters<Electron.PowerSaveBlocker['start']>[0]): number => {
    record('powerSaveBlocker.start', type);
    blocking.add(++lastId);
    return lastId;
  },
  stop: (id: number): boolean => {
    record('powerSaveBlocker.stop', id);
    return blocking.delete(id);
  },
  isStarted: (id: number): boolean => blocking.has(id),
});
