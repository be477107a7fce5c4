import type { SettingsText } from './settings.en.ts';

export const settingsZh: SettingsText = {
  title: '设置',
};
