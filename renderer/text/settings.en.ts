export const settingsEn = {
  title: 'Settings',
};

export type SettingsText = typeof settingsEn;
