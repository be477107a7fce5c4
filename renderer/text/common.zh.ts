import type { CommonText } from './common.en.ts';

export const commonZh: CommonText = {
  product: 'Envelope',
  places: '位置',
  files: '文件',
  keys: '密钥',
  settings: '设置',

  cancel: '取消',
  close: '关闭',
  dismiss: '知道了',
  goOn: '继续',
  copy: '复制',
  copied: '已复制',
  details: '详情',
  loading: '请稍候…',
  halfDone: '它在一对文件的两半之间停下：本程序下次启动时会将其补完或清理。',
  thisComputer: '这台电脑',

  timeLeft: (duration) => `大约还需${duration}`,
};
