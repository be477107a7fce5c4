/** @file The health of envelopes: a look at folders, and what can be done about what it finds. */
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { HEALTH_PAGE } from '../../shared/health-view.ts';
import type { Granted } from '../../shared/desktop.ts';
import type { Services } from '../app/services.ts';
import { MOST_LISTED } from '../health/spool.ts';
import { grantOf } from './grant-of.ts';
import type { WorkRoutes } from './services.ts';

type HealthRoutes = Pick<
  WorkRoutes,
  | 'startHealth'
  | 'cancelHealth'
  | 'health'
  | 'healthFiles'
  | 'showHealthFile'
  | 'grantHealthFile'
  | 'grantHealth'
  | 'approveHealthKey'
  | 'exportHealth'
>;

async function grantAll({ health, shell }: Services, group: string): Promise<Granted> {
  const granted: Granted = { grants: [], refused: [] };
  for (let from = 0; from < MOST_LISTED; from += HEALTH_PAGE) {
    const files = await health.files(group, from, HEALTH_PAGE);
    const { grants, refused } = await shell.grants.grant(files.map((file) => file.path));
    granted.grants.push(...grants);
    granted.refused.push(...refused);
    if (files.length < HEALTH_PAGE) break;
  }
  return granted;
}

async function pathOf({ health }: Services, group: string, index: number): Promise<string> {
  const [file] = await health.files(group, index, 1);
  if (file === undefined) throw new EnvelopeError('usage', 'no such file');
  return file.path;
}

export function healthRoutes(services: Services): HealthRoutes {
  const { health, home, shell } = services;
  return {
    startHealth: async ({ grants, ...choices }) =>
      await health.start({ ...choices, paths: grants.map((grant) => shell.grants.pathOf(grant)) }),
    cancelHealth: () => {
      health.cancel();
    },
    health: () => health.view,
    healthFiles: async (group, from, count) => await health.files(group, from, count),
    showHealthFile: async (group, index) => {
      shell.showInFolder(await pathOf(services, group, index));
    },
    grantHealthFile: async (group, index) => await grantOf(services, await pathOf(services, group, index)),
    grantHealth: async (group) => await grantAll(services, group),
    approveHealthKey: async (key) => {
      // SECURITY: a key that an envelope named, shown to the user, who chose it.
      health.needKey(key);
      await home.keyring.approve(key);
      return await services.settingsChanged();
    },
    exportHealth: async (format) => {
      const file = await shell.askWhereToSave(`health.${format}`);
      if (file === undefined) return undefined;
      await health.exportTo(file, format);
      return path.basename(file);
    },
  };
}
