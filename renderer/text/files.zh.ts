import type { FilesText } from './files.en.ts';

export const filesZh: FilesText = {
  title: '文件',
};
