/** @file The contests as a picture (SVG): a bar for everyone, as long as its median took, and a hair for each run. */
import type { ContestResult, Result } from './contest.ts';

const WIDTH = 780;
const NAMES = 275;
const FIGURES = 120;
const BAR = 18;
const ROW = 26;
const TITLE = 34;
const GAP = 14;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Both of a light page and of a dark one. */
const style = `
  text { font: 13px system-ui, sans-serif; fill: #1a1f1e }
  .title { font-weight: 600 }
  .other { fill: #9aa5a3 } .ours { fill: #1b6b61 } .run { stroke: #1a1f1e; stroke-opacity: .45 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6ebea } .other { fill: #66716f } .ours { fill: #4fb3a5 } .run { stroke: #e6ebea }
  }`;

function bar({ name, median, seconds }: Result, first: Result, y: number, scale: number): string {
  const middle = y + BAR / 2;
  const runs = seconds.map((second) => {
    const x = (NAMES + second * scale).toFixed(1);
    return `<line class="run" x1="${x}" x2="${x}" y1="${y + 3}" y2="${y + BAR - 3}"/>`;
  });
  const end = NAMES + Math.max(median, ...seconds) * scale + 8;
  const figures = `${median.toFixed(2)} s · ${(median / first.median).toFixed(2)}×`;
  return [
    `<text x="${NAMES - 8}" y="${middle + 4}" text-anchor="end">${escaped(name)}</text>`,
    `<rect class="${name.startsWith('envelope') ? 'ours' : 'other'}" x="${NAMES}" y="${y}" width="${(median * scale).toFixed(1)}" height="${BAR}" rx="2"/>`,
    ...runs,
    `<text x="${end.toFixed(1)}" y="${middle + 4}">${figures}</text>`,
  ].join('\n');
}

/** `contests`, one below the other, each by its own measure of time. */
export function plot(contests: readonly ContestResult[], caption: string): string {
  const pieces: string[] = [];
  let y = 0;
  for (const { name, results } of contests) {
    const [first] = results;
    if (first === undefined) continue;
    pieces.push(`<text class="title" x="0" y="${y + 20}">${escaped(name)}</text>`);
    y += TITLE;
    const longest = Math.max(...results.flatMap(({ seconds, median }) => [...seconds, median]));
    for (const result of results) {
      pieces.push(bar(result, first, y, (WIDTH - NAMES - FIGURES) / longest));
      y += ROW;
    }
    y += GAP;
  }
  pieces.push(`<text x="0" y="${y + 16}">${escaped(caption)}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 26}" role="img">\n<title>${escaped(caption)}</title>\n<style>${style}\n</style>\n${pieces.join('\n')}\n</svg>\n`;
}
