import type { KeysText } from './keys.en.ts';

export const keysZh: KeysText = {
  title: '密钥',
};
