import type { WaitingText } from './waiting.en.ts';

export const waitingZh: WaitingText = {
  line: (_count, number, keys) => `${number} 个文件在等待 ${keys}`,
  means: '尚未用它封存：在它加入之前，持有这台电脑密钥的人都能打开。',
  now: '立即尝试',
  trying: '正在尝试…',
  show: '显示',
  title: '等待 KMS 密钥的文件',
  why: '封存时无法连接该密钥，因此改用这台电脑的密钥封存。程序运行期间会再次尝试。KMS 密钥加入并证明能打开文件之后，这台电脑的密钥就从信封中移除，除非它是您自己选择的。',
  copies: '谁若留有先前信封的副本，并持有这台电脑的密钥，仍能用该副本打开文件。',
  since: (time) => `封存于 ${time}`,
  tried: (time) => `上次尝试 ${time}`,
  drop: '不再等待',
  dropOf: (name) => `不再等待：${name}`,
  dropWhy: '不再等待的文件保持不变：这台电脑的密钥能打开它，KMS 密钥不能。',
  row: (keys) => `正在等待 KMS 密钥 ${keys}`,
  fact: '等待',
  notYet: (keys) => `${keys}：尚未加入信封，因此还不能打开它`,
  card: '正在等待 KMS 密钥',
  cardWhy: '在这里封存时无法连接它，它还不能打开这个信封。这来自本程序的记录，而不是信封本身。',

  prompt: {
    title: '无法连接 KMS 密钥',
    hint: (key) => `“${key}”没有回应。可以先用这台电脑的密钥封存，等能连接时再加入 KMS 密钥。`,
    means:
      '在此之前它们不受 KMS 保护：持有这台电脑密钥的人都能打开；在别的电脑上，只能用它们的其他密钥（如果有）打开。',
    no: '不封存',
    once: '先这样封存',
    always: '总是这样',
  },
  setting: '无法连接 KMS 密钥时',
  settings: {
    ask: '询问',
    always: '用这台电脑的密钥封存，稍后再加入 KMS 密钥',
    never: '不封存',
  },
  settingHint: '仅限网络或 KMS 没有回应的情况。被 KMS 拒绝的文件绝不会绕过它封存。',
};
