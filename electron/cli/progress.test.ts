import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

describe('Progress', () => {
  it('says files, bytes, speed, time left and the name', () => {
    const progress = new Progress();
    progress.total(3, 4_000_000_000);
    progress.file(0, 'a.pdf', 0);
    expect(progress.line(0, 80)).toBe('0 of 3 · 0 bytes of 4.0 GB · a.pdf');
    progress.ended(0, 500_000_000);
    progress.file(1, 'b\u001b.pdf', 700_000_000);
    expect(progress.line(4000, 80)).toBe(
      '1 of 3 · 1.2 GB of 4.0 GB · 300 MB/s · about 9 seconds left · b\\u001b.pdf',
    );
  });

  it('cuts the name, and nothing else, to the width', () => {
    const progress = new Progress();
    progress.total(1, 1000);
    progress.file(0, 'a rather long name.pdf', 0);
    expect(progress.line(0, 45)).toBe('0 of 1 · 0 bytes of 1.0 kB · a rathe…name.pdf');
    expect(progress.line(0, 30)).toBe('0 of 1 · 0 bytes of 1.0 kB');
  });

  it('forgets old speeds', () => {
    const progress = new Progress();
    progress.total(1, 100_000_000);
    for (const second of [0, 1, 2]) {
      progress.file(0, 'a', second * 1_000_000);
      progress.line(second * 1000, 80);
    }
    for (let second = 3; second < 20; second += 1) {
      progress.file(0, 'a', 2_000_000 + second * 1000);
      progress.line(second * 1000, 80);
    }
    expect(progress.line(20_000, 80)).toMatch(/ \d+ B\/s /);
  });

  it('does not guess: no speed at once, none while nothing moves, never more done than there is', () => {
    const progress = new Progress();
    progress.file(0, 'a', 10);
    expect(progress.line(0, 80)).toBe('0 of 0 · 10 bytes of 10 bytes · a');
    expect(progress.line(5000, 80)).not.toContain('/s');
    progress.ended(0, 10);
    expect(progress.line(9000, 80)).toContain('1 of 1');
  });
});
