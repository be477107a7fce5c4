import type { PolicyText } from './policy.en.ts';

export const policyZh: PolicyText = {
  title: '文件夹的要求',
  by: (_, number) => `${number} 个文件遵守策略`,
  none: (_, number) => `${number} 个文件没有策略：按您的选择封存`,
  aside: '不采用这些策略',
  leftAside: '文件夹的策略未被采用：全部按您的选择封存。',
  keys: '密钥',
  labels: '标签',
  names: '名称',
  output: '结果',
  states: {
    yours: '您的密钥',
    agreed: '不属于您，您已同意',
    asked: '不属于您：封存之前会先问您',
    missing: '您没有这个名称的密钥',
  },

  prompt: {
    title: '不属于您的密钥',
    hint: '这个文件夹的策略要求用这些密钥打开在那里封存的文件。它们不在您的密钥列表中：持有它们的人可以读取这些文件。',
    policy: '策略',
    keys: '密钥',
    advice:
      '任何能在该文件夹中写入的人都可能放入它们。只有当您知道它们属于谁时才同意。“始终”仅对此策略有效，并且可以在设置中撤销。',
    once: '仅此一次',
    always: '始终',
    no: '不封存',
  },

  agreed: '您已同意的文件夹策略密钥',
  agreedWhy: '它们不属于您，但可以打开在这些文件夹中封存的文件。',
  forget: '忘记',
  forgetOf: (policy) => `忘记 ${policy} 的密钥`,
};
