import { describe, expect, it } from 'vitest';
import { createFormat } from './format.ts';
import { chooseLanguage } from './language.ts';

const en = createFormat('en');
const zh = createFormat('zh-CN');

describe('format', () => {
  it.each([
    [0, '0 bytes', '0字节'],
    [1, '1 byte', '1字节'],
    [999, '999 bytes', '999字节'],
    [1000, '1.0 kB', '1.0 kB'],
    [999_499, '999 kB', '999 kB'],
    [999_500, '1.0 MB', '1.0 MB'],
    [1_234_567_890, '1.2 GB', '1.2 GB'],
    [58_000_000_000, '58.0 GB', '58.0 GB'],
    [2 ** 51, '2.3 PB', '2.3 PB'],
  ])('%d bytes are %s', (bytes, english, chinese) => {
    expect(en.size(bytes)).toBe(english);
    expect(zh.size(bytes)).toBe(chinese);
  });

  it.each([
    [0, '1 second', '1秒钟'],
    [23, '25 seconds', '25秒钟'],
    [58, '1 minute', '1分钟'],
    [180, '3 minutes', '3分钟'],
    [3599, '1 hour', '1小时'],
    [4800, '1 hour, 20 minutes', '1小时20分钟'],
    [40_000, '11 hours', '11小时'],
  ])('%d seconds are %s', (seconds, english, chinese) => {
    expect(en.duration(seconds)).toBe(english);
    expect(zh.duration(seconds)).toBe(chinese);
  });

  it('says speeds, numbers, shares and lists', () => {
    expect(en.speed(310_000_000)).toBe('310 MB/s');
    expect(en.speed(0)).toBe('0.1 kB/s');
    expect(en.number(10_000)).toBe('10,000');
    expect(en.percent(0.999)).toBe('99%');
    expect(en.list(['a', 'b', 'c'])).toBe('a, b, and c');
    expect(zh.list(['甲', '乙'])).toBe('甲和乙');
  });

  it('leaves what is no time as it is', () => {
    expect(en.time('soon')).toBe('soon');
    expect(en.time('2026-11-23T12:00:00.000Z')).toContain('2026');
  });
});

describe('chooseLanguage', () => {
  it('follows the setting, then the first language of the system that we have', () => {
    expect(chooseLanguage('en', ['zh-CN'])).toBe('en');
    expect(chooseLanguage('zh-CN', ['en'])).toBe('zh-CN');
    expect(chooseLanguage('system', ['de', 'zh-Hant-TW', 'en'])).toBe('zh-CN');
    expect(chooseLanguage('system', ['fr', 'en-GB', 'zh'])).toBe('en');
    expect(chooseLanguage('system', ['fr'])).toBe('en');
  });
});
