/** @file 密钥、AWS KMS 及其凭证出错时的中文句子。 */
import type { keyErrorsEn } from './errors-keys.en.ts';
import { type KmsMistake, kmsMistakeOf } from '../../shared/kms-mistake.ts';
import type { Facts, SentenceOf } from './facts.ts';

/** `eu-central-1 的 KMS 密钥“…”` */
const theKey = (facts: Facts): string =>
  `${facts.if('region', '% 的')}${facts.text('region') === undefined ? '' : ' '}KMS 密钥${facts.if('key', '“%”')}`;

/** 不针对某把密钥、而是针对账户的操作。 */
const accountDeeds: Readonly<Record<string, string>> = {
  ListAliases: '列出此账户的 KMS 密钥',
  CreateKey: '在此账户中创建 KMS 密钥',
  GetCallerIdentity: '查询您的身份',
};

/** 被请求的 AWS 服务。 */
const service = (facts: Facts): string => facts.text('service') ?? 'AWS KMS';

/** `eu-central-1 的 AWS 账户 aws:111122223333` */
const placeOf = (facts: Facts): string =>
  `${facts.if('region', ' % 的 ')}AWS 账户${facts.if('account', ' %')}`;

const novelties: Readonly<Record<string, string>> = {
  region: '您没有在这个区域用过该账户',
  partition: '您没有在这个分区用过该账户',
};

const mistakes: Readonly<Record<KmsMistake, string>> = {
  'alias-taken': '已有同名的别名，请换一个。',
  'alias-form': '别名由字母、数字、/、_ 和 - 组成，不能以 aws/ 开头。',
  'key-form': '请检查密钥、别名和区域的写法。',
  'grant-token': '授权令牌已失效，请向给您令牌的人再要一个。',
  'key-policy': '密钥的策略无效，请在 AWS 控制台更正。',
  tag: '密钥的某个标记无效，请在 AWS 控制台更正。',
  unsupported: '这个密钥做不到：它的密钥材料或密钥库不允许。请选择另一个密钥。',
  'at-once': '此刻有人正在改动这个密钥，请稍后重试。',
};

export const keyErrorsZh: Record<keyof typeof keyErrorsEn, SentenceOf> = {
  'no-key-opens': (facts) =>
    facts.text('untried') !== undefined
      ? {
          what: `新密钥${facts.quoted('untried', '')}无法在这台电脑上试用，因此没有为它移除旧密钥。`,
          next: '请先单独添加新密钥，再移除旧密钥。',
        }
      : {
          what: '这个信封的所有密钥都无法打开它。',
          next: '请恢复或连接其中一个密钥，或请封存它的人允许您的密钥打开它。',
        },
  'no-key-tried': () => ({
    what: '剩下的密钥在这台电脑上都打不开它，因此没有移除任何密钥。',
    next: '请保留或添加一把您的密钥。如果只想让别人打开，请在计划中允许。',
  }),
  'key-not-found': (facts) => ({
    what: `您没有密钥${facts.quoted('name', facts.quoted('key', '，或名称不符'))}。`,
    next: '请选择另一个密钥，或从备份恢复它。',
  }),
  'key-damaged': (facts) => ({
    what: `密钥${facts.if('key', '“%”')}已损坏，无法使用。`,
    next: '请从备份恢复，或选择另一个密钥。',
  }),
  'key-wrong': () => ({
    what: '解出的密钥不是该文件的密钥。',
    next: '信封的密钥列表被改动或弄混了，请从备份重新取得信封。',
  }),
  'key-locked': (facts) => ({
    what: `密钥${facts.if('name', '“%”')}处于锁定状态：没有输入密码短语。`,
    next: '请重试并输入密码短语。',
  }),
  'passphrase-wrong': (facts) => ({
    what: `密码短语打不开${facts.quoted('name', '这个密钥')}。`,
    next: '请重试，注意大小写和键盘语言。',
  }),
  'key-exists': (facts) => ({
    what: `已经有名为${facts.quoted('name', '此名')}的密钥。`,
    next: '请换一个名称。',
  }),
  'labels-invalid': (facts) => ({
    what: `这些标签无法使用${facts.if('reason', '：%')}。`,
    next: '请更正标签，或不带标签封存。',
  }),
  'account-unknown': (facts) => ({
    what: `信封的一个密钥属于${placeOf(facts)}：${novelties[facts.text('unfamiliar') ?? ''] ?? '这不是您的账户'}，因此没有访问。`,
    next: '如果您确实在等待它，请重试并批准。',
  }),
  'account-forbidden': (facts) => ({
    what: `密钥属于${placeOf(facts)}。管理员不允许访问那里，因此没有发出请求。`,
    next: '请使用其他密钥，或联系这台电脑的管理员。',
  }),
  'kms-access-denied': (facts) => {
    const deed = accountDeeds[facts.text('action') ?? ''];
    if (deed !== undefined) {
      return {
        what: `AWS 不允许您${facts.if('region', '在 % ')}${deed}。`,
        next: '账户管理员可以用一条策略允许它。',
      };
    }
    return {
      what: `AWS 不允许您${facts.if('action', '以 % ')}使用 ${theKey(facts)}。`,
      next: '密钥管理员可以用一条策略允许它。您也可以选择另一个密钥。',
    };
  },
  'kms-key-not-found': (facts) => ({
    what: `AWS 中没有 ${theKey(facts)}。`,
    next: '请检查名称、账户和区域；它也可能已被删除。',
  }),
  'kms-key-disabled': (facts) => ({
    what: `请求被拒绝，因为 ${theKey(facts)}已停用${facts.ifTime('deletion', '，并将于 % 删除')}。`,
    next: '密钥管理员可以在 AWS 控制台重新启用它。',
  }),
  'kms-key-state': (facts) => ({
    what: `${theKey(facts)}目前无法使用${facts.if('state', '，状态为 %')}${facts.ifTime('deletion', '，并将于 % 删除')}。`,
    next: '待删除的密钥可以在 AWS 控制台取消删除；其他状态会自行恢复。',
  }),
  'kms-unavailable': (facts) => ({
    what: `${service(facts)} 暂时故障或过于繁忙，多次尝试后仍未成功。`,
    next: '请过几分钟再试。',
  }),
  'kms-ciphertext-invalid': (facts) => ({
    what: `由 ${theKey(facts)}加密的数据密钥已损坏，或信封的标签、编号被改动。`,
    next: '请从备份重新取得信封。',
  }),
  'kms-key-incorrect': (facts) => ({
    what: `信封声称由 ${theKey(facts)}加密，但事实并非如此。`,
    next: '信封被改动过，请从原来的来源重新取得。',
  }),
  'kms-key-usage': (facts) => ({
    what: `${theKey(facts)}不是对称加密密钥，它用于签名或其他用途。`,
    next: '请选择用于加密和解密的对称密钥。',
  }),
  'kms-request-invalid': (facts) => ({
    what: `AWS KMS 拒绝了${facts.if('key', '对“%”的')}请求${facts.if('name', '（%）')}。`,
    next: mistakes[kmsMistakeOf(facts.text('name')) ?? 'key-form'],
  }),
  'kms-quota': (facts) => ({
    what: `AWS 账户达到了某项限额${facts.if('name', '（%）')}。`,
    next: '请在 AWS 控制台查看服务限额，或删除不再使用的资源。',
  }),
  'kms-answer-wrong': (facts) => ({
    what: `KMS 对 ${theKey(facts)}的回答不可能正确，因此没有采用。`,
    next: '请检查端点和代理：这台电脑与 AWS 之间有东西改动了回答。',
  }),
  'kms-offline': (facts) => ({
    what: `无法连接${facts.if('region', ' % 的')} ${service(facts)}。`,
    next: '请检查网络、VPN、代理和端点，然后重试。',
  }),
  'kms-tls': () => ({
    what: 'KMS 或途中代理的证书不受信任。',
    next: '如果公司会检查网络连接，请在设置中把公司的证书加入该连接。',
  }),
  'kms-endpoint-refused': (facts) => ({
    what: `端点${facts.quoted('endpoint', facts.quoted('hostname', ''))}不安全：必须使用 https，或本机上的 http。`,
    next: '请在设置中填写 https 端点。',
  }),
  'kms-region-missing': () => ({
    what: '不知道该在哪个 AWS 区域查找。',
    next: '请在设置中为该连接指定区域。',
  }),
  'credentials-missing': (facts) => ({
    what: `没有找到${facts.if('profile', '配置文件“%”的')} AWS 凭证。`,
    next: '请登录，或在设置中选择凭证的来源。',
  }),
  'credentials-invalid': (facts) => ({
    what: `AWS 不认识${facts.if('profile', '配置文件“%”的')}这些凭证，或密钥内容有误。`,
    next: '请在设置中重新输入。',
  }),
  'credentials-expired': (facts) => ({
    what:
      facts.is('none') || facts.text('name')?.endsWith('ProviderError')
        ? `没有${facts.if('profile', '配置文件“%”的')} AWS 会话，或者它已过期。`
        : `${facts.if('profile', '配置文件“%”的 ')}AWS 会话已过期。`,
    next: '请重新登录，然后重试。',
  }),
  'credentials-mfa': (facts) =>
    facts.is('wrong')
      ? {
          what: 'AWS 没有接受所输入的任何一个 MFA 验证码。',
          next: '请确认设备是否正确、其时钟是否准确，然后重试。',
        }
      : {
          what: `AWS 要求输入${facts.if('serial', ' % 的')} MFA 验证码，但没有收到。`,
          next: '请重试并输入验证码。',
        },
  'sign-in-denied': () => ({
    what: '浏览器中拒绝了登录。',
    next: '请重新开始；如果浏览器显示的验证码与这里相同，就允许它。',
  }),
  'sign-in-expired': () => ({
    what: '登录没有及时确认，验证码已失效。',
    next: '请重新开始。',
  }),
  'sign-in-invalid': (facts) => ({
    what: `${facts.if('region', '% 的 ')}IAM Identity Center 不接受起始 URL ${facts.quoted('startUrl', '（本连接的）')}${facts.if('name', '（%）')}。`,
    next: '请检查起始 URL 及其区域：管理员或 AWS 访问门户可以提供这两项。',
  }),
  'sign-in-page': (facts) => ({
    what: `登录页面${facts.if('host', '（位于“%”）')}不属于 AWS，因此没有打开。`,
    next: '请检查端点和代理：从这里到 AWS 的途中有什么改动了回答。',
  }),
  'sign-in-role': (facts) => ({
    what: `登录的人不能使用${facts.if('account', '账户 % 的')}${facts.text('role') === undefined ? '这个角色' : `角色${facts.quoted('role', '')}`}。`,
    next: '请在设置中选择其他账户或角色，或请 IAM Identity Center 的管理员授权。',
  }),
  'clock-skewed': (facts) => ({
    what: `由于这台电脑的时钟不准，AWS 拒绝了请求${facts.ifTime('here', '：本机为 %')}${facts.ifTime('there', '，AWS 为 %')}。`,
    next: '请校准时钟（误差在几分钟以内），然后重试。',
  }),
  'kms-unexpected': (facts) => ({
    what: `AWS KMS 给出了本版本不认识的回答${facts.if('name', '：%')}。`,
    next: '请重试。详情中有请求编号，可供 AWS 支持人员查询。',
  }),
};
