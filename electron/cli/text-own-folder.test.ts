import { describe, expect, it } from 'vitest';
import { ownFolderSentence } from './text-own-folder.ts';

const environment = { ENVELOPE_HOME: '/home/me/.envelope' };

describe('ownFolderSentence', () => {
  it.each([
    '/home/me/.envelope',
    '/home/me/.envelope/keys',
    '/home/me/.envelope/keys/.x.partial',
    '/home/me/.envelope/journal/door.lock',
    '/home/me/.envelope/settings.json.lock',
    '/home/me',
  ])('names the variable, and not --to, of %s', (path) => {
    const details = { path, errno: 'EACCES' };
    const sentence = ownFolderSentence({ code: 'target-unwritable', details }, environment);
    expect(sentence?.what).toBe(
      'There is no writing in the program’s own folder “/home/me/.envelope”, where it keeps keys and settings (the system says EACCES).',
    );
    expect(sentence?.next).toContain('ENVELOPE_HOME');
    expect(sentence?.next).not.toContain('--to');
  });

  it('of a full disk', () => {
    const full = { code: 'disk-full', details: { path: '/home/me/.envelope/keys/x' } } as const;
    expect(ownFolderSentence(full, environment)?.what).toContain('is full');
  });

  it.each([
    ['target-unwritable', { path: '/home/me/report.pdf.enc' }],
    ['target-unwritable', { path: '/home/me/.envelope/report.pdf.enc' }],
    ['source-missing', { path: '/home/me' }],
    ['target-unwritable', {}],
    ['key-damaged', { path: '/home/me/.envelope/keys/x.json' }],
  ] as const)('is silent about %s of %j', (code, details) => {
    expect(ownFolderSentence({ code, details }, environment)).toBeUndefined();
  });
});
