import type { SignInText } from './sign-in.en.ts';

export const signInZh: SignInText = {
  title: '登录',
  begin: '用浏览器登录',
  again: '重新登录',
  beginning: '正在向 AWS 索取验证码…',
  compare: '已在浏览器中打开 AWS 的页面。只有当那里显示的验证码与下面完全相同时，才允许登录：',
  code: '验证码：',
  until: (time) => `验证码在 ${time} 前有效。您允许之后，这里会自动继续。`,
  openAgain: '再次打开页面',
  copyAddress: '复制地址',
  signedOut: '尚未登录。',
  signedIn: (time) => `登录有效期至 ${time}。`,
  renews: '已登录，会自动续期。',

  choose: '登录并选择账户和角色…',
  chooseAgain: '重新载入列表',
  accounts: '您的账户',
  accountChoose: '选择账户…',
  accountNamed: (name, account) => (name === '' ? account : `${name}（${account}）`),
  roles: '您在该账户的角色',
  roleChoose: '选择角色…',
};
