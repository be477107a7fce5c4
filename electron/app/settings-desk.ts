/** @file The settings, told to the page and to whoever else wants to hear of them. */
import { isDeepStrictEqual } from 'node:util';
import type { SettingsView } from '../../shared/contract.ts';
import { isEnvelopeError } from '../../shared/errors.ts';
import type { Settings } from '../../shared/settings.ts';
import { inTurn } from '../files/in-turn.ts';
import type { Send } from '../ipc/services.ts';
import type { Home } from './home.ts';
import { Listeners } from './listeners.ts';
import { settingsAtStart, viewOf } from './settings-view.ts';

export class SettingsDesk {
  /** Those who want to hear of a change. */
  readonly changes = new Listeners<Settings>();
  readonly #home: Home;
  readonly #send: Send;
  #settings: Settings;
  #told: SettingsView | undefined;

  private constructor(home: Home, send: Send, settings: Settings) {
    this.#home = home;
    this.#send = send;
    this.#settings = settings;
  }

  static async open(home: Home, send: Send): Promise<SettingsDesk> {
    return new SettingsDesk(home, send, await settingsAtStart(home));
  }

  /** As they were read last. */
  get settings(): Settings {
    return this.#settings;
  }

  /** As the page sees them, read now. @throws EnvelopeError `settings-invalid`; those of reading */
  async view(): Promise<SettingsView> {
    this.#settings = await this.#home.settings.load();
    return await viewOf(this.#settings, this.#home);
  }

  /**
   * Tells everybody, if anything is otherwise than it was told: whoever changes something says so, and so does the file that
   * it is written to. One after the other: the page must not hear of an older state last. Errors as {@link view}.
   */
  async changed(): Promise<SettingsView> {
    return await inTurn(`view of ${this.#home.places.settingsFile}`, async () => {
      const view = await this.view();
      if (isDeepStrictEqual(view, this.#told)) return view;
      this.#told = view;
      this.#send('settingsChanged', view);
      this.changes.tell(view.settings);
      return view;
    });
  }

  /** The same, where nobody waits for it: what cannot be read now is told by whoever asks next. */
  readonly changedMeanwhile = (): void => {
    this.changed().catch((error: unknown) => {
      if (!isEnvelopeError(error)) throw error;
    });
  };
}
