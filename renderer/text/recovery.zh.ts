import type { RecoveryText } from './recovery.en.ts';

const inGroup = (group: string | undefined): string => (group === undefined ? '' : `第 ${group} 组中`);

export const recoveryZh: RecoveryText = {
  mistakes: {
    empty: '还没有输入任何内容。',
    recipient: '这是密钥的公开部分（age1…），什么也打不开。',
    otherKind: '这是 age 的身份，但恢复密钥不是这一类。',
    character: (group) => `${inGroup(group)}有一个恢复密钥里不会出现的字符。`,
    short: (_count, number, group) => `${inGroup(group)}缺少 ${number} 个字符。`,
    long: (_count, number, group) => `${inGroup(group)}多了 ${number} 个字符。`,
    wrong: (group) =>
      group === undefined
        ? '有不止一个字符与恢复单上的不同。'
        : `第 ${group} 组中有一个字符与恢复单上的不同。`,
  },
};
