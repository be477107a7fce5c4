import type { DeniedText } from './denied.en.ts';

export const deniedZh: DeniedText = {
  find: '显示需要允许的内容',
  asking: '正在通过试运行向 AWS 询问究竟拒绝了什么…',
  who: '请求者',
  unknownWho: '不清楚：AWS STS 没有回答',
  owner: '密钥属于',
  ownerIs: (account, region) => `账户 ${account}，区域 ${region}`,
  denied: '被拒绝的操作',
  key: '密钥',
  allowed: '试运行表明现在已经允许。请重试；如果再次被拒绝，说明某条策略要求别的标签或网络。',
  caller: '给请求者的最小策略',
  callerHint: '它只允许被拒绝的操作，只针对这个密钥。密钥自己的策略也必须认可它。',
  keyPolicy: '要加入密钥自身策略的内容',
  keyPolicyHint: '密钥属于另一个账户，因此双方都必须允许。',
  send: '请把它交给管理该 AWS 账户的人。',
};
