import { describe, expect, it } from 'vitest';
import { textFor } from './text.ts';

const english = textFor('en', []);
const chinese = textFor('zh-CN', []);

describe('textFor', () => {
  it.each([
    [['zh-CN', 'en'], chinese],
    [['zh'], chinese],
    [['zh-Hans-SG'], chinese],
    [['en-GB', 'zh-CN'], english],
    [['de-DE', 'zh-CN'], chinese],
    [['de-DE'], english],
    [['zha'], english],
    [[], english],
  ])('the system’s %j', (preferred, text) => {
    expect(textFor('system', preferred)).toBe(text);
  });

  it('lets the settings decide first', () => {
    expect(textFor('en', ['zh-CN'])).toBe(english);
    expect(textFor('zh-CN', ['en'])).toBe(chinese);
  });

  it('counts', () => {
    expect(english.ended({ operation: 'seal', done: 1, failed: 0 }).body).toBe('1 file finished.');
    expect(english.ended({ operation: 'open', done: 1200, failed: 1 }).body).toBe(
      '1,200 files finished, 1 file failed.',
    );
    expect(chinese.ended({ operation: 'verify', done: 2, failed: 3 })).toEqual({
      title: '验证完成',
      body: '已完成 2 个文件，3 个失败。',
    });
  });
});
