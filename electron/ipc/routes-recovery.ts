/** @file The recovery key: made, tried, forgotten, and entered to open with. */
import type { Services } from '../app/services.ts';
import type { RecoveryView } from '../../shared/recovery-view.ts';
import type { WorkRoutes } from './services.ts';

type RecoveryRoutes = Pick<
  WorkRoutes,
  | 'recovery'
  | 'makeRecoveryKey'
  | 'recoverySheet'
  | 'activateRecoveryKey'
  | 'cancelRecoveryKey'
  | 'takeRecoveryKey'
  | 'forgetRecoveryKey'
  | 'drillRecoveryKey'
  | 'cancelDrill'
  | 'lendKey'
  | 'takeBackKeys'
  | 'quietRecovery'
>;

export function recoveryRoutes(services: Services): RecoveryRoutes {
  const { recovery: desk, shell } = services;
  const pathOf = (grant: string | undefined): string | undefined => grant && shell.grants.pathOf(grant);
  const view = async (): Promise<RecoveryView> => await desk.view();
  /** After what is in the settings has changed. */
  const changed = async (): Promise<RecoveryView> => {
    await services.settingsChanged();
    return await view();
  };
  return {
    recovery: view,
    makeRecoveryKey: async () => {
      await desk.make();
      return await view();
    },
    recoverySheet: async (deed) => await desk.sheet(deed),
    activateRecoveryKey: async (lastGroup) => {
      await desk.activate(lastGroup);
      return await changed();
    },
    cancelRecoveryKey: async () => {
      desk.cancel();
      return await view();
    },
    takeRecoveryKey: async (key) => {
      await desk.take(key);
      return await changed();
    },
    forgetRecoveryKey: async () => {
      await desk.forget();
      return await changed();
    },
    drillRecoveryKey: async (key, envelope) => {
      const result = await desk.try(key, pathOf(envelope));
      await services.settingsChanged();
      return result;
    },
    cancelDrill: () => {
      desk.stopTrying();
    },
    lendKey: async (key, envelope) => await desk.lend(key, pathOf(envelope)),
    takeBackKeys: async () => {
      desk.takeBack();
      return await view();
    },
    quietRecovery: async () => {
      await desk.quiet();
      return await changed();
    },
  };
}
