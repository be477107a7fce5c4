import type { AccessText } from './access.en.ts';

export const accessZh: AccessText = {
  title: '更改谁能打开',
  what: '每个信封都列出能打开它的密钥。更改这些密钥不会动到已封存的文件。',
  how: '请在命令行中进行：“envelope rewrap --help”说明了用法；“envelope reseal”用新的数据密钥重新封存。',
  limit:
    '被移除的密钥打不开更改后的信封。但如果有人留着旧信封的副本，并且仍可使用旧密钥，他还是能打开文件。只有用新的数据密钥重新封存才能杜绝这一点。',
};
