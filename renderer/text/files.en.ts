export const filesEn = {
  title: 'Files',
};

export type FilesText = typeof filesEn;
