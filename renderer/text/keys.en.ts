export const keysEn = {
  title: 'Keys',
};

export type KeysText = typeof keysEn;
