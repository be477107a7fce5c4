import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, formatSize, formatSpeed, formatTime, formatTimeLeft } from './format.ts';

describe('formatSize', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [1_234_567_890, '1.2 GB'],
    [99_940_000, '99.9 MB'],
    [99_960_000, '100 MB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [Number.MAX_SAFE_INTEGER, '9.0 PB'],
    [2 ** 60, '1153 PB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  it('never shows a thousand of a unit that has a next one', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 49 }), (bytes) => {
        expect(formatSize(bytes)).toMatch(/^(?:\d{1,3}|\d{1,2}\.\d) /);
      }),
    );
  });
});

describe('times', () => {
  it.each([
    [0, '1 second'],
    [7.4, '7 seconds'],
    [18, '20 seconds'],
    [54, '55 seconds'],
    [56, '1 minute'],
    [170, '3 minutes'],
    [3600, '1 hour'],
    [4800, '1 hour 20 minutes'],
    [7150, '2 hours'],
    [100_000, '28 hours'],
  ])('%d s is %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });

  it('says what is left as an estimate', () => {
    expect(formatTimeLeft(170)).toBe('about 3 minutes left');
  });

  it('says speeds and moments', () => {
    expect(formatSpeed(310_000_000)).toBe('310 MB/s');
    expect(formatSpeed(12)).toBe('12 B/s');
    expect(formatTime('2026-11-23T16:20:00.000Z')).toBe('2026-11-23 16:20:00 UTC');
  });
});
