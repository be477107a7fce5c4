/**
 * @file The recovery key as the window has to do with it. Knows nothing of Electron.
 *
 * SECURITY: an identity is here while its sheet is looked at, or while it is read from what a person gave. It goes to the
 * sheet's own window and to nowhere else: not to the page, not into settings, history, errors or the log.
 */
import path from 'node:path';
import { EnvelopeError } from '../../shared/errors.ts';
import { isLastGroup } from '../../shared/identity-text.ts';
import { isAtRisk, isDrillDue } from '../../shared/recovery.ts';
import type {
  DrillResult,
  GivenKey,
  RecoveryView,
  SheetDeed,
  SheetOutcome,
} from '../../shared/recovery-view.ts';
import type { Engine } from '../envelope/engine.ts';
import type { EnvelopeFile } from '../envelope/read.ts';
import { writeWhole } from '../files/atomic.ts';
import { readPaired } from '../ipc/card.ts';
import type { SheetWindow, Shell } from '../ipc/services.ts';
import type { Queue } from '../jobs/queue.ts';
import { type AgeIdentity, identityOf, newIdentity } from '../keys/age-identity.ts';
import { drill, findToTry, needSealedFor } from '../recovery/drill.ts';
import { forgetRecoveryKey, quietReminder, recoveryKeyOf, useRecoveryKey } from '../recovery/recovery-key.ts';
import { scanInThread } from '../recovery/scan-thread.ts';
import { sheetHtml } from '../recovery/sheet-html.ts';
import { sheetOf } from '../recovery/sheet.ts';
import { sheetTexts } from '../recovery/sheet-text.ts';
import type { Home } from './home.ts';

export type RecoveryParts = {
  shell: Shell;
  home: Home;
  engine: Engine;
  queue: Pick<Queue, 'jobs'>;
};

/** One that was made and is not in use: it lives only here. */
type Draft = AgeIdentity & { made: string };

export class RecoveryDesk implements Disposable {
  readonly #parts: RecoveryParts;
  #draft: Draft | undefined;
  #sheet: SheetWindow | undefined;
  #drill = new AbortController();

  constructor(parts: RecoveryParts) {
    this.#parts = parts;
  }

  async view(): Promise<RecoveryView> {
    const { settings, local, age } = this.#parts.home;
    const [{ recovery }, { keys }] = [await settings.load(), await local.list()];
    const { key, former } = recovery;
    return {
      ...(key === undefined ? {} : { key }),
      former,
      drillDue: key !== undefined && isDrillDue(key, Date.now()),
      atRisk: isAtRisk(
        recovery,
        keys.map((one) => one.key),
      ),
      ...(this.#draft === undefined ? {} : { draft: { recipient: this.#draft.recipient } }),
      lent: age.lent,
    };
  }

  /** Makes one, in place of another that was only made, and shows its sheet. */
  async make(): Promise<void> {
    this.cancel();
    this.#draft = { ...(await newIdentity()), made: new Date().toISOString() };
    try {
      await this.#shown();
    } catch (error) {
      this.cancel();
      throw error;
    }
  }

  /** @throws EnvelopeError `recovery-missing` unless one was made; `print-failed`; those of the disk */
  async sheet(deed: SheetDeed): Promise<SheetOutcome> {
    const sheet = await this.#shown();
    if (deed === 'print') return { done: await sheet.print() };
    if (deed === 'save') return await this.#save(sheet);
    sheet.show();
    return { done: true };
  }

  /** @throws EnvelopeError `recovery-missing` unless one was made; `recovery-check` */
  async activate(lastGroup: string): Promise<void> {
    const { identity, recipient, made } = this.#needDraft();
    if (!isLastGroup(lastGroup, identity)) {
      throw new EnvelopeError('recovery-check', 'this is not the last group of the sheet');
    }
    await useRecoveryKey(this.#parts.home.settings, { recipient, made });
    this.cancel();
  }

  /** Nothing of the one that was made is left. */
  cancel(): void {
    this.#draft = undefined;
    this.#sheet?.close();
    this.#sheet = undefined;
  }

  /** Errors as {@link read}. */
  async take(given: GivenKey): Promise<void> {
    const { recipient } = await this.read(given);
    await useRecoveryKey(this.#parts.home.settings, { recipient, made: new Date().toISOString() });
  }

  /** @throws EnvelopeError `recovery-missing` */
  async forget(): Promise<void> {
    await forgetRecoveryKey(this.#parts.home.settings);
  }

  async quiet(): Promise<void> {
    await quietReminder(this.#parts.home.settings);
  }

  /**
   * @throws EnvelopeError `recovery-missing`, `recovery-untried` if no envelope is given and none known; as
   *   {@link read} and {@link drill}; `cancelled`
   */
  async try(given: GivenKey, envelope: string | undefined): Promise<DrillResult> {
    const { home, engine } = this.#parts;
    const { recipient } = await recoveryKeyOf(home.settings);
    const file = envelope === undefined ? await this.#newest(recipient) : await readPaired(envelope);
    const identity = await this.read(given);
    this.stopTrying();
    this.#drill = new AbortController();
    const { signal } = this.#drill;
    const { name, size } = await drill(engine, home.settings, identity, file, { signal });
    return { file: path.basename(file.path), name, size };
  }

  stopTrying(): void {
    this.#drill.abort();
  }

  /**
   * Opens with the key until the program ends, or until it is taken back.
   * @returns its public half
   * @throws EnvelopeError as {@link read}; `recovery-absent` if `envelope` is not sealed for it
   */
  async lend(given: GivenKey, envelope: string | undefined): Promise<string> {
    const identity = await this.read(given);
    if (envelope !== undefined) needSealedFor(await readPaired(envelope), identity.recipient);
    this.#parts.home.age.lend(identity);
    return identity.recipient;
  }

  takeBack(): void {
    this.#parts.home.age.takeBack();
  }

  /** @throws EnvelopeError `identity-mistyped`, `picture-unreadable`, `picture-no-code`, those of reading a file */
  async read(given: GivenKey): Promise<AgeIdentity> {
    if ('typed' in given) return await identityOf(given.typed);
    const { shell } = this.#parts;
    const file = shell.grants.pathOf(given.picture);
    const picture = await shell.readPicture(file);
    try {
      return await identityOf(await scanInThread(picture));
    } catch (error) {
      if (!(error instanceof EnvelopeError)) throw error;
      throw new EnvelopeError(error.code, error.message, { ...error.details, path: file });
    } finally {
      picture.pixels.fill(0);
    }
  }

  [Symbol.dispose](): void {
    this.cancel();
    this.takeBack();
    this.stopTrying();
  }

  #needDraft(): Draft {
    if (this.#draft !== undefined) return this.#draft;
    throw new EnvelopeError('recovery-missing', 'no recovery key was made');
  }

  /** The window with the sheet; one that was closed is opened again. */
  async #shown(): Promise<SheetWindow> {
    const draft = this.#needDraft();
    if (this.#sheet !== undefined && !this.#sheet.closed) return this.#sheet;
    const { shell } = this.#parts;
    const sheet = sheetOf(draft, shell.language());
    const shown = await shell.showSheet({
      title: sheet.text.title,
      html: (nonce) => sheetHtml(sheet, nonce),
    });
    // Cancelled meanwhile: it is nobody's any more.
    if (this.#draft === draft) this.#sheet = shown;
    else shown.close();
    return shown;
  }

  async #save(sheet: SheetWindow): Promise<SheetOutcome> {
    const { shell } = this.#parts;
    const { title } = sheetTexts[shell.language()];
    const file = await shell.askWhereToSave(`${title}.pdf`, 'sheet');
    if (file === undefined) return { done: false };
    const bytes = await sheet.toPdf();
    try {
      await writeWhole(file, bytes);
    } finally {
      bytes.fill(0);
    }
    return { done: true, file: path.basename(file) };
  }

  /** The last that was sealed for the key and still is there. */
  async #newest(recipient: string): Promise<EnvelopeFile> {
    const rows = this.#parts.queue
      .jobs()
      .rows.filter((row) => row.operation === 'seal' && row.state === 'done');
    rows.sort((a, b) => ((a.ended ?? '') < (b.ended ?? '') ? 1 : -1));
    const found = await findToTry(
      rows.flatMap(({ place }) => place ?? []),
      recipient,
    );
    if (found !== undefined) return found;
    throw new EnvelopeError('recovery-untried', 'no envelope is known to try it with');
  }
}
