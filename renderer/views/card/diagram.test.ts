import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstFitting,
  fitText,
  headerParts,
  keyTail,
  layoutDiagram,
  MOST_KEYS,
  segmentsOf,
  textWidth,
  type Box,
} from './diagram.ts';

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Box, b: Box): boolean =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

const widths = fc.integer({ min: 300, max: 2000 });
const counts = fc.integer({ min: 1, max: 32 });

describe('layoutDiagram', () => {
  it('draws no more than it has room for', () => {
    expect(layoutDiagram(1000, 32).keys).toHaveLength(MOST_KEYS);
    expect(layoutDiagram(1000, 1).keys).toHaveLength(1);
  });

  it('lets no two boxes overlap, and none leave the picture', () => {
    fc.assert(
      fc.property(widths, counts, (width, count) => {
        const layout = layoutDiagram(width, count);
        const apart = [...layout.keys, layout.envelope, layout.dataKey, layout.body];
        const whole: Box = { x: 0, y: 0, width: layout.width, height: layout.height };
        for (const [index, box] of apart.entries()) {
          expect(inside(box, whole)).toBe(true);
          for (const other of apart.slice(index + 1)) expect(overlap(box, other)).toBe(false);
        }
      }),
    );
  });

  it('puts every wrapped key into the envelope, beside its key', () => {
    fc.assert(
      fc.property(widths, counts, (width, count) => {
        const { keys, wrapped, envelope } = layoutDiagram(width, count);
        expect(wrapped).toHaveLength(keys.length);
        for (const [index, box] of wrapped.entries()) {
          expect(inside(box, envelope)).toBe(true);
          expect(box.y).toBe(keys[index]!.y);
        }
      }),
    );
  });

  it('draws one arrow for each key, and two for the way on', () => {
    const { arrows, dataKey, body } = layoutDiagram(900, 3);
    expect(arrows).toHaveLength(5);
    expect(arrows[3]!.to.x).toBe(dataKey.x);
    expect(arrows[4]!.to.x).toBe(body.x);
  });

  it('goes down where the window is narrow', () => {
    const { dataKey, body, keys } = layoutDiagram(560, 2);
    expect(dataKey.y).toBeGreaterThan(keys[1]!.y);
    expect(body.y).toBeGreaterThan(dataKey.y + dataKey.height);
    expect(body.width).toBe(560);
  });
});

describe('fitText', () => {
  it('leaves out the middle, never an end', () => {
    expect(fitText('short', 200, 13)).toBe('short');
    const fitted = fitText('2026 third quarter payroll, final version.xlsx', 160, 13);
    expect(fitted).toMatch(/^2026.*….*xlsx$/);
  });

  it('fits always, also wide characters and emoji', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.integer({ min: 20, max: 300 }),
        (text, width) => {
          expect(textWidth(fitText(text, width, 13), 13)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('counts a Chinese character as wide as its size', () => {
    expect(textWidth('工资', 13)).toBe(26);
  });
});

describe('firstFitting', () => {
  it('says as much as fits, and never a part of what a shorter one says whole', () => {
    const texts = ['AWS KMS key · eu-central-1', 'eu-central-1'];
    expect(firstFitting(texts, 200, 12.5)).toBe(texts[0]);
    expect(firstFitting(texts, 120, 12.5)).toBe(texts[1]);
    expect(firstFitting(texts, 60, 12.5)).toMatch(/^eu.*….*1$/);
    expect(firstFitting([], 60, 12.5)).toBe('');
  });
});

describe('what the picture says', () => {
  it('counts segments as the format does', () => {
    expect(segmentsOf(56)).toBe(1);
    expect(segmentsOf(1_048_576)).toBe(1);
    expect(segmentsOf(1_048_577)).toBe(2);
  });

  it('takes the header apart: one byte, 32 of salt, 7 of prefix', () => {
    const { salt, prefix } = headerParts(`28${'ab'.repeat(32)}${'cd'.repeat(7)}`);
    expect(salt).toBe('ab'.repeat(32));
    expect(prefix).toBe('cd'.repeat(7));
  });

  it('shows the end of an ARN', () => {
    expect(keyTail('arn:aws:kms:eu-central-1:111122223333:key/1a2b3c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d')).toBe(
      '…1f2a3b4c5d',
    );
    expect(keyTail('short')).toBe('short');
  });
});
