import type { PromptsText } from './prompts.en.ts';

export const promptsZh: PromptsText = {
  waits: '任务正在等待您的回答。',
  again: {
    passphrase: '这个密码短语打不开密钥，请注意大小写和键盘语言。',
    mfa: 'AWS 没有接受这个验证码。每个验证码只能用一次，请等待下一个。',
  },
  unlock: {
    title: (key) => `解锁“${key}”`,
    hint: '使用这个密钥需要它的密码短语。只问一次，关闭程序后即忘记。',
    passphrase: '密码短语',
    do: '解锁',
  },
  protect: {
    title: (key) => `为“${key}”设置密码短语`,
    hint: '每次使用这个密钥时都会询问。一旦丢失，只能用它打开的文件就再也打不开了。',
    passphrase: '新密码短语',
    repeat: '再输入一次',
    short: '请至少输入 12 个字符，几个词连在一起更好记。',
    different: '两次输入不一致。',
    do: '保护',
  },
  mfa: {
    title: 'MFA 验证码',
    hint: (serial) => `AWS 要求输入您的设备（${serial}）当前显示的验证码。`,
    code: '六位数字',
    do: '继续',
  },
  session: {
    title: (connection) => `“${connection}”的会话已结束`,
    hint: '请重新登录，然后继续。所有等待中的任务都会用新会话接着进行。',
    hintHere: '登录之后，所有等待中的任务会自动继续。',
    do: '已登录，继续',
    done: '已在别处登录',
    no: '停止这些任务',
  },
  secret: {
    title: (connection) => `“${connection}”需要访问密钥`,
    missing: '它的访问密钥的秘密尚未设置，或只保留到程序关闭为止。',
    hint: '请输入密钥，所有等待中的任务会接着进行。',
    do: '继续',
  },
};
