/** @file One state of the window in every look that it has. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '../../../shared/contract.ts';
import type { Appearance, Language } from '../../../shared/settings.ts';
import type { Desktop } from '../../../e2e/desktop/fixture.ts';

type Look = { appearance: Appearance; language: Language; width: number; height: number };

const plain: Look = { appearance: 'light', language: 'en', width: 1100, height: 760 };

const looks: Readonly<Record<string, Look>> = {
  light: plain,
  dark: { ...plain, appearance: 'dark' },
  contrast: { ...plain, appearance: 'contrast' },
  chinese: { ...plain, language: 'zh-CN' },
  narrow: { ...plain, width: 720, height: 520 },
};

export class Camera {
  readonly #desktop: Desktop;
  /** Where the pictures go. */
  readonly folder: string;

  constructor(desktop: Desktop, folder: string) {
    this.#desktop = desktop;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Writes `<name>-<look>.png` for each look. The window is light, English and wide again after it. */
  async take(name: string): Promise<void> {
    for (const [look, how] of Object.entries(looks)) {
      await this.#put(how);
      await this.#desktop.page.screenshot({ path: path.join(this.folder, `${name}-${look}.png`) });
    }
    await this.#put(plain);
    console.log(name);
  }

  async #put({ appearance, language, width, height }: Look): Promise<void> {
    const { app, page } = this.#desktop;
    await app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
      [width, height] as [number, number],
    );
    await page.evaluate(
      async (change) => {
        const { envelope } = globalThis as unknown as { envelope: Client };
        await envelope.changeSettings(change);
      },
      { appearance, language },
    );
    await page
      .locator(`html[lang="${language === 'en' ? 'en' : 'zh-Hans-CN'}"]`)
      .waitFor({ state: 'attached' });
    // What moves softly comes to its end.
    await page.waitForTimeout(400);
  }
}
