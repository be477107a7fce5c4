/**
 * @file Where everything stands in the picture of an envelope, in pixels. Two shapes: across, from the keys at the left
 * to the body at the right, and for narrow windows down, with the keys above.
 */

export type Box = { x: number; y: number; width: number; height: number };
export type Point = { x: number; y: number };
export type Arrow = { from: Point; to: Point };

export type Layout = {
  width: number;
  height: number;
  /** One for each key that is drawn. */
  keys: Box[];
  /** The wrapped key beside each of them. */
  wrapped: Box[];
  /** Around the wrapped keys: the envelope. */
  envelope: Box;
  dataKey: Box;
  body: Box;
  /** From each key to its wrapped key, from the envelope to the data key, from there to the body. */
  arrows: Arrow[];
};

/** More would make the picture a list; the list is below it. */
export const MOST_KEYS = 4;

const ACROSS_FROM = 780;
const KEY_HEIGHT = 66;
const KEY_GAP = 12;
/** Room above a box for what it is. */
export const CAPTION = 24;
const FRAME = 12;
const ARROW = 40;
const DATA_KEY_HEIGHT = 104;
const BODY_HEIGHT = 148;

const right = ({ x, y, width, height }: Box): Point => ({ x: x + width, y: y + height / 2 });
const left = ({ x, y, height }: Box): Point => ({ x, y: y + height / 2 });
const bottom = ({ x, y, width, height }: Box): Point => ({ x: x + width / 2, y: y + height });
const top = ({ x, y, width }: Box): Point => ({ x: x + width / 2, y });

const stack = (x: number, y: number, width: number, count: number): Box[] =>
  Array.from({ length: count }, (_, index) => ({
    x,
    y: y + index * (KEY_HEIGHT + KEY_GAP),
    width,
    height: KEY_HEIGHT,
  }));

const stackHeight = (count: number): number => count * (KEY_HEIGHT + KEY_GAP) - KEY_GAP;

/** @param width pixels there are; @param keys how many the envelope has, 1 or more */
export function layoutDiagram(width: number, keys: number): Layout {
  const count = Math.min(keys, MOST_KEYS);
  return width >= ACROSS_FROM ? across(width, count) : down(width, count);
}

function across(width: number, count: number): Layout {
  const room = width - 3 * ARROW;
  const keyWidth = Math.floor(room * 0.28);
  const envelopeWidth = Math.floor(room * 0.22);
  const dataKeyWidth = Math.floor(room * 0.21);
  const inner = Math.max(stackHeight(count) + 2 * FRAME, BODY_HEIGHT);
  const middle = CAPTION + inner / 2;
  const keysTop = middle - stackHeight(count) / 2;
  const envelopeX = keyWidth + ARROW;
  const dataKeyX = envelopeX + envelopeWidth + ARROW;
  const bodyX = dataKeyX + dataKeyWidth + ARROW;
  const centred = (x: number, boxWidth: number, height: number): Box => ({
    x,
    y: middle - height / 2,
    width: boxWidth,
    height,
  });
  const boxes = {
    keys: stack(0, keysTop, keyWidth, count),
    wrapped: stack(envelopeX + FRAME, keysTop, envelopeWidth - 2 * FRAME, count),
    envelope: centred(envelopeX, envelopeWidth, stackHeight(count) + 2 * FRAME),
    dataKey: centred(dataKeyX, dataKeyWidth, DATA_KEY_HEIGHT),
    body: centred(bodyX, width - bodyX, BODY_HEIGHT),
  };
  return {
    width,
    height: CAPTION + inner,
    ...boxes,
    arrows: [
      ...keyArrows(boxes),
      { from: right(boxes.envelope), to: left(boxes.dataKey) },
      { from: right(boxes.dataKey), to: left(boxes.body) },
    ],
  };
}

function down(width: number, count: number): Layout {
  const keyWidth = Math.floor((width - ARROW) * 0.5);
  const envelopeX = keyWidth + ARROW;
  const keysTop = CAPTION + FRAME;
  const keysBottom = keysTop + stackHeight(count) + FRAME;
  const step = ARROW + CAPTION;
  const boxes = {
    keys: stack(0, keysTop, keyWidth, count),
    wrapped: stack(envelopeX + FRAME, keysTop, width - envelopeX - 2 * FRAME, count),
    envelope: { x: envelopeX, y: CAPTION, width: width - envelopeX, height: keysBottom - CAPTION },
    dataKey: { x: envelopeX, y: keysBottom + step, width: width - envelopeX, height: DATA_KEY_HEIGHT },
    body: { x: 0, y: keysBottom + DATA_KEY_HEIGHT + 2 * step, width, height: BODY_HEIGHT },
  };
  const dataKeyBottom = bottom(boxes.dataKey);
  return {
    width,
    height: boxes.body.y + BODY_HEIGHT,
    ...boxes,
    arrows: [
      ...keyArrows(boxes),
      { from: bottom(boxes.envelope), to: top(boxes.dataKey) },
      { from: dataKeyBottom, to: { x: dataKeyBottom.x, y: boxes.body.y } },
    ],
  };
}

function keyArrows({ keys, wrapped }: Pick<Layout, 'keys' | 'wrapped'>): Arrow[] {
  return keys.flatMap((key, index) => {
    const target = wrapped[index];
    return target === undefined ? [] : [{ from: right(key), to: left(target) }];
  });
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

const graphemes = new Intl.Segmenter();
/** Of the letters' height, of characters that are not like most small ones; measured in Inter, and rounded up. */
const widths: readonly [RegExp, number][] = [
  [wide, 1],
  [/[MWmw@%…—]/u, 0.92],
  [/[A-HJ-Z0-9]/u, 0.66],
  [/[ijlI .,:;·|!'’]/u, 0.3],
  [/[frt()[\]/\\-]/u, 0.42],
];
const SMALL_LETTER = 0.58;

const shareOf = (character: string): number =>
  widths.find(([characters]) => characters.test(character))?.[1] ?? SMALL_LETTER;

/** Width of `text` in pixels, guessed rather too large than too small. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += size * shareOf(character);
  return width;
}

/** `text` as it is if it fits into `width` pixels at `size`, else with its middle left out: both ends say the most. */
export function fitText(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  const characters = Array.from(graphemes.segment(text), ({ segment }) => segment);
  for (let kept = characters.length - 1; kept > 1; kept--) {
    const end = Math.floor(kept / 2);
    const shorter = `${characters.slice(0, kept - end).join('')}…${characters.slice(-end).join('')}`;
    if (textWidth(shorter, size) <= width) return shorter;
  }
  return '…';
}

/** The first of `texts` that fits; if none does, the last, cut. */
export function firstFitting(texts: readonly string[], width: number, size: number): string {
  const fitting = texts.find((text) => textWidth(text, size) <= width);
  return fitting ?? fitText(texts.at(-1) ?? '', width, size);
}

/** Bytes of a segment of the body (FORMAT.md section 1). */
const SEGMENT = 1_048_576;

/** Segments of a body of `bytes`. */
export const segmentsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / SEGMENT));

/** The body's first 40 bytes in its three parts (FORMAT.md section 1), as hexadecimal digits. */
export function headerParts(digits: string): { salt: string; prefix: string } {
  return { salt: digits.slice(2, 66), prefix: digits.slice(66, 80) };
}

/** The end of a key's name tells two keys apart: `…2a3b4c5d`. */
export function keyTail(key: string): string {
  const id = key.slice(key.lastIndexOf('/') + 1);
  return id.length <= 12 ? id : `…${id.slice(-10)}`;
}
