/** @file 文件夹策略出错时的中文句子。 */
import { isPolicyMember, type PolicyMember } from '../../shared/policy.ts';
import type { policyErrorsEn } from './errors-policy.en.ts';
import type { Facts, Sentence, SentenceOf } from './facts.ts';

/** 策略的每个成员可以是什么。 */
const allowed: Record<PolicyMember, string> = {
  version: '数字 1',
  keys: '1 到 16 个密钥的列表：名称、local、age1…、alias/…、编号或 ARN',
  labels: '最多 6 个标签，每个标签的值为纯 ASCII 文本',
  hideNames: 'true 或 false',
  output: '"beside" 或 {"folder": "名称"}，即策略所在文件夹之下的文件夹，不含“..”',
};

const members = 'version、keys、labels、hideNames 和 output';

const problems: Readonly<Record<string, string>> = {
  json: '它不是 JSON',
  newer: '它适用于本程序的更新版本',
  link: '它是一个链接，这里不跟随链接',
  special: '它不是普通文件',
  large: '它超过 64 KB',
  unreadable: '无法读取',
  outside: '它的输出会离开它所在的文件夹',
};

function problemOf(facts: Facts): string {
  const problem = facts.text('problem') ?? '';
  if (problem === 'unknown-member') return `没有“${facts.text('field') ?? ''}”这一项，允许的是 ${members}`;
  if (problem !== 'member') return problems[problem] ?? '它无效';
  const member = facts.text('member');
  if (!isPolicyMember(member)) return `它必须是一个包含 ${members} 的对象`;
  return `${facts.quoted('field', `“${member}”`)}必须是${allowed[member]}`;
}

/** 所有策略文件同名，因此要写出完整路径。 */
const file = (facts: Facts): string => `文件夹的策略${facts.if('path', '“%”')}`;

const conflicts: Readonly<Record<string, (facts: Facts) => Sentence>> = {
  label: (facts) => ({
    what: `${file(facts)}要求标签${facts.quoted('label', '')}的值为${facts.quoted('value', '其他内容')}。`,
    next: '请从您的选择中去掉该标签，或使用这个值。',
  }),
  names: (facts) => ({
    what: `${file(facts)}要求隐藏文件名。`,
    next: '请选择隐藏文件名，然后重试。',
  }),
  archive: (facts) => ({
    what: `文件夹中还有另一个策略${facts.if('path', '“%”')}，而一对文件只能遵守一个策略。`,
    next: '请逐个文件封存该文件夹。',
  }),
};

export const policyErrorsZh: Record<keyof typeof policyErrorsEn, SentenceOf> = {
  'policy-invalid': (facts) => ({
    what: `${file(facts)}无法使用：${problemOf(facts)}。在修正之前，那里的文件不会被封存。`,
    next: '请更正该文件，或联系维护它的人，然后重试。',
  }),
  'policy-conflict': (facts) =>
    conflicts[facts.text('conflict') ?? '']?.(facts) ?? {
      what: `${file(facts)}不允许所选的内容。`,
      next: '请更改选择，然后重试。',
    },
  'policy-key-missing': (facts) => ({
    what: `${file(facts)}指定了密钥${facts.quoted('key', '')}，而您没有这个名称的密钥。`,
    next: '请把您的一个密钥改为此名称，或向维护策略的人索取密钥的编号。',
  }),
  'policy-key-unknown': (facts) => ({
    what: `${file(facts)}允许不属于您的密钥打开这些文件${facts.if('key', '：%')}。您没有同意，因此没有封存任何文件。`,
    next: '如果这正是您想要的，请重试并同意。',
  }),
};
