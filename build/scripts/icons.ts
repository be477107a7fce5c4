/**
 * @file `npm run icons`: draws `build/icons/*.svg` in every size and form the systems want, by an installed Chromium. What
 * it writes is committed, so that packaging needs no browser.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../../e2e/stand-in/chromium.ts';
import { icns } from './icons/icns.ts';
import { ico, type Picture } from './icons/ico.ts';

const folder = path.resolve(import.meta.dirname, '../icons');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Windows' icon files go no further. */
const ICO_MOST = 256;

async function draw(svg: string): Promise<Picture[]> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('there is no Chromium to draw with');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const page = await browser.newPage();
    const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
    await page.setContent(`<style>body{margin:0}img{display:block}</style><img src="${source}">`);
    const pictures: Picture[] = [];
    for (const size of SIZES) {
      await page.setViewportSize({ width: size, height: size });
      await page.locator('img').evaluate((image, side) => {
        image.style.width = `${side}px`;
        image.style.height = `${side}px`;
      }, size);
      pictures.push({ size, png: await page.screenshot({ omitBackground: true }) });
    }
    return pictures;
  } finally {
    await browser.close();
  }
}

for (const name of ['app', 'document']) {
  const pictures = await draw(readFileSync(path.join(folder, `${name}.svg`), 'utf8'));
  const sizes = path.join(folder, name);
  rmSync(sizes, { recursive: true, force: true });
  mkdirSync(sizes);
  // The names electron-builder looks for in a folder of icons.
  for (const { size, png } of pictures) writeFileSync(path.join(sizes, `${size}x${size}.png`), png);
  writeFileSync(path.join(folder, `${name}.ico`), ico(pictures.filter(({ size }) => size <= ICO_MOST)));
  writeFileSync(path.join(folder, `${name}.icns`), icns(pictures));
}
console.log(`drawn in ${folder}`);
