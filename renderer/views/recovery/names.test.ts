import { describe, expect, it } from 'vitest';
import { createFormat } from '../../text/format.ts';
import { texts } from '../../text/text.ts';
import { recoveryTitle } from './names.ts';

const recovery = {
  key: { recipient: 'age1now', made: '2026-01-01T12:00:00.000Z' },
  former: [{ recipient: 'age1then', made: '2025-01-01T12:00:00.000Z', ended: '2026-01-01T12:00:00.000Z' }],
  backups: {},
};

describe('recoveryTitle', () => {
  it.each(['en', 'zh-CN'] as const)(
    'names the one in use and those of before, and no other (%s)',
    (language) => {
      const words = { text: texts[language], format: createFormat(language) };
      expect(recoveryTitle('age1now', recovery, words)).toBe(texts[language].recovery.title);
      expect(recoveryTitle('age1then', recovery, words)).toContain('2025');
      expect(recoveryTitle('age1other', recovery, words)).toBeUndefined();
    },
  );
});
