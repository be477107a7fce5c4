import { describe, expect, it } from 'vitest';
import { Speed } from './speed.ts';

describe('speed', () => {
  it('is nothing before there are two moments', () => {
    const speed = new Speed();
    expect(speed.at(0)).toBe(0);
    speed.add(100, 0);
    expect(speed.at(0)).toBe(0);
  });

  it('is that of the last moments, whatever was before', () => {
    const speed = new Speed();
    for (let second = 0; second <= 10; second += 1) speed.add(second * 1_000, second * 1_000);
    for (let second = 11; second <= 20; second += 1) speed.add(10_000 + (second - 10) * 50, second * 1_000);
    expect(speed.at(20_000)).toBe(50);
  });

  it('falls to nothing while nothing happens', () => {
    const speed = new Speed();
    speed.add(0, 0);
    speed.add(3_000, 1_000);
    expect(speed.at(1_000)).toBe(3_000);
    expect(speed.at(2_000)).toBe(1_500);
    expect(speed.at(60_000)).toBe(0);
  });

  it('is the same however often it is told, and is told quickly', () => {
    const speed = new Speed();
    for (let at = 0; at <= 20_000; at += 0.1) speed.add(at * 7, at);
    expect(speed.at(20_000)).toBe(7_000);
  });
});
