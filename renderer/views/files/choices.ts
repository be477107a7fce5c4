/** @file How the next files are sealed: the settings' defaults until the user says otherwise. */
import type { SealChoices } from '../../../shared/desktop.ts';
import type { Settings } from '../../../shared/settings.ts';
import { settings } from '../../store/settings.ts';
import { createStore } from '../../store/store.ts';

/** What the user has chosen here, beside the defaults. `to` is a folder: its grant and its name. */
export type Chosen = Partial<
  Pick<SealChoices, 'keys' | 'labels' | 'hideNames' | 'archive' | 'binOriginals'> & {
    to: { grant: string; name: string };
  }
>;

export const chosen = createStore<Chosen>({});

export function choose(some: Chosen): void {
  chosen.update((all) => ({ ...all, ...some }));
}

/** What a folder's policy is told apart by: a choice of now goes beside it, a standing one makes way. */
const choosable = ['keys', 'labels', 'hideNames'] as const;

/** The choices as a request carries them. */
export function sealChoices(own: Chosen, defaults: Settings): SealChoices {
  return {
    keys: own.keys ?? [...defaults.defaultKeys],
    labels: own.labels ?? defaults.labels,
    hideNames: own.hideNames ?? defaults.hideNames,
    archive: own.archive ?? false,
    ...(own.to === undefined ? {} : { to: own.to.grant }),
    collision: defaults.collision,
    binOriginals: own.binOriginals ?? defaults.binOriginals,
    again: false,
    chosen: choosable.filter((what) => own[what] !== undefined),
  };
}

/** @throws Error before the settings are there; nothing is drawn then that could ask */
export function currentSettings(): Settings {
  const view = settings.get();
  if (view === undefined) throw new Error('the settings are not there yet');
  return view.settings;
}
