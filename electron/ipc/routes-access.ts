/** @file Changing who can open envelopes: what the page asks of the desk. */
import path from 'node:path';
import type { Services } from '../app/services.ts';
import type { WorkRoutes } from './services.ts';

type AccessRoutes = Pick<
  WorkRoutes,
  | 'lookAtAccess'
  | 'access'
  | 'planAccess'
  | 'startAccess'
  | 'pauseAccess'
  | 'cancelAccess'
  | 'accessFiles'
  | 'showAccessFile'
  | 'grantAccessFile'
  | 'proveAccess'
  | 'saveAccessReport'
  | 'accessLeft'
  | 'resumeAccess'
  | 'forgetAccess'
>;

export function accessRoutes({ access, shell }: Services): AccessRoutes {
  return {
    lookAtAccess: async (grants) => await access.look(grants.map((grant) => shell.grants.pathOf(grant))),
    access: () => access.view,
    planAccess: async (wanted) => await access.plan(wanted),
    startAccess: async () => await access.start(),
    pauseAccess: (what) => {
      access.pause(what === 'pause');
    },
    cancelAccess: async () => await access.cancel(),
    accessFiles: async (state, from, count) => await access.files(state, from, count),
    showAccessFile: async (state, index) => {
      shell.showInFolder(await access.pathOf(state, index));
    },
    grantAccessFile: async (state, index) => await shell.grants.grant([await access.pathOf(state, index)]),
    proveAccess: async () => await access.proveAgain(),
    saveAccessReport: async (report) => {
      const file = await shell.askWhereToSave(
        `who-can-open.${report.as === 'json' ? 'json' : 'txt'}`,
        'report',
      );
      if (file === undefined) return undefined;
      await access.save(file, report.as === 'json' ? undefined : report.text);
      return path.basename(file);
    },
    accessLeft: async () => await access.left(),
    resumeAccess: async (run) => await access.resume(run),
    forgetAccess: async (run) => {
      await access.forget(run);
      return await access.left();
    },
  };
}
