import type { TrustText } from './trust.en.ts';

export const trustZh: TrustText = {
  title: '可以询问的 AWS 账户',
  why: '信封会写明其密钥所属的账户和区域。只有此列表中的会直接请求，其他的都会先问您。',
  empty: '还没有账户：第一次请求之前会先问您。',
  place: (region) => `区域 ${region}`,
  everyRegion: '所有区域',
  ownRegions: '您的连接和密钥所在的区域',
  forget: '忘记',
  forgetOf: (account) => `忘记账户 ${account}`,
  byAdministrator: '由管理员设置',
  fixed: (path) => `管理员已固定此列表：不会请求其他账户，也不会询问您（${path}）。`,
  extended: (path) => `管理员向此列表添加了内容（${path}）。`,
  unused: '未使用，因为列表已固定',
  keys: '每个新信封都会加入的密钥',
  keysToo: (_count, number) => `无论选择什么，管理员的 ${number} 把密钥也能打开它们。是哪些见“设置”。`,

  prompt: {
    title: {
      account: '不属于您的 AWS 账户',
      region: '您未使用的区域',
      partition: '您未使用的 AWS 分区',
    },
    hint: {
      account: (account, region) =>
        `这个信封的一个密钥属于 ${region} 的 AWS 账户 ${account}。要打开信封，就必须向该账户发出请求，对方也会因此知道您持有这个信封。`,
      region: (account, region) =>
        `这个信封的一个密钥在 ${region}。您用过 AWS 账户 ${account}，但没有在那里用过。要打开信封，就必须向该区域发出请求。`,
      partition: (account, region) =>
        `这个信封的一个密钥在 ${region}。您用过 AWS 账户 ${account}，但在 AWS 的另一个分区：在那里它属于别人。`,
    },
    key: '密钥',
    facts: { account: '账户', region: '区域', partition: '分区', endpoint: '请求的地址' },
    advice: '只有当您确实在等待这样的信封时才同意。“始终”可以在设置中撤销。',
    once: '仅此一次',
    always: '始终',
    no: '不请求',
  },
};
