/** @file 恢复密钥和恢复单出错时的中文句子。 */
import type { recoveryErrorsEn } from './errors-recovery.en.ts';
import type { SentenceOf } from './facts.ts';
import { mistakeText } from './mistake.ts';
import { recoveryZh } from './recovery.zh.ts';

export const recoveryErrorsZh: Record<keyof typeof recoveryErrorsEn, SentenceOf> = {
  'identity-mistyped': (facts) => ({
    what: mistakeText(facts, recoveryZh.mistakes),
    next: '请与恢复单逐组核对。空格和大小写没有关系。',
  }),
  'picture-unreadable': (facts) => ({
    what: `图片${facts.quoted('path', '')}的格式在这里无法读取。`,
    next: '请选择 PNG 或 JPEG 图片，或直接输入密钥。',
  }),
  'picture-no-code': (facts) => ({
    what: `图片${facts.quoted('path', '')}中没有可以读出的二维码。`,
    next: '请拍下整个二维码，要清晰、光线均匀；或直接输入密钥。',
  }),
  'recovery-check': () => ({
    what: '这不是恢复单上的最后一组。',
    next: '请看着纸上或 PDF 中的恢复单，输入它的最后一组。',
  }),
  'recovery-missing': () => ({
    what: '没有恢复密钥。',
    next: '请在“密钥”中制作一把。',
  }),
  'recovery-other': (facts) => ({
    what:
      facts.text('made') === undefined
        ? '这不是正在使用的恢复密钥，而是另一把密钥。'
        : `这张恢复单属于以前的恢复密钥${facts.ifTime('made', '（制作于 %）')}。当时封存的内容，它仍然可以打开。`,
    next:
      facts.text('current') === undefined
        ? '现在没有正在使用的恢复密钥。请在“密钥”中制作一把。'
        : `请找出正在使用的密钥的恢复单${facts.ifTime('current', '（制作于 %）')}；如果丢失了，请制作新的恢复密钥。`,
  }),
  'recovery-absent': (facts) => ({
    what: `信封${facts.quoted('path', '')}不是为这把恢复密钥封存的。`,
    next: '请选择在使用这把恢复密钥期间封存的信封。',
  }),
  'recovery-untried': () => ({
    what: '这里没有已知的为恢复密钥封存的信封。',
    next: '请选择一个信封来试，或先封存一些内容。',
  }),
  'print-failed': (facts) => ({
    what: `恢复单没有打印出来${facts.if('reason', '（系统提示：%）')}。`,
    next: '请检查打印机后重试，或把恢复单存为 PDF。',
  }),
};
