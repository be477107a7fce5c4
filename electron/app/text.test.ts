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
    const whole = { broken: false };
    expect(english.ended({ ...whole, operation: 'seal', done: 1, failed: 0 }).body).toBe('1 file sealed.');
    expect(english.ended({ ...whole, operation: 'open', done: 1200, failed: 1 })).toEqual({
      title: 'Opening is done',
      body: '1,200 files opened, 1 could not be opened.',
    });
    expect(chinese.ended({ ...whole, operation: 'verify', done: 2, failed: 3 })).toEqual({
      title: '校验完成',
      body: '已校验 2 个文件，3 个未能通过校验。',
    });
  });

  it('has words for changes of who can open, also for one that was broken off', () => {
    const change = { operation: 'rewrap', done: 3, failed: 1, broken: false } as const;
    expect(english.ended(change)).toEqual({
      title: 'Changing who can open is done',
      body: '3 envelopes changed, 1 could not be changed.',
    });
    expect(english.ended({ ...change, operation: 'reseal', failed: 0, broken: true })).toEqual({
      title: 'Sealing again has stopped',
      body: '3 envelopes sealed again.',
    });
    expect(chinese.ended(change)).toEqual({
      title: '打开权限更改完成',
      body: '已更改 3 个信封，1 个未能更改。',
    });
    expect(chinese.waits('reseal').title).toBe('重新封存等待中');
  });

  it('does not call done of which nothing was', () => {
    const none = { operation: 'open', done: 0, failed: 2, broken: false } as const;
    expect(english.ended(none)).toEqual({
      title: 'Opening has failed',
      body: '2 files could not be opened.',
    });
    expect(chinese.ended(none)).toEqual({ title: '打开失败', body: '2 个文件未能打开。' });
    expect(english.ended({ ...none, failed: 0, broken: true }).body).toBe('The window says why.');
  });
});
