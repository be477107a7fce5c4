import type { CopyReason, Note } from '../../shared/notes.ts';
import type { NotesText } from './notes.en.ts';
import { printable } from './printable.ts';

const about = ({ path }: Note): string => (path === undefined ? '' : `“${printable(path)}”的`);

function whyKept({ error }: Note): string {
  if (error === undefined) return '其中有未放入归档的链接或特殊文件';
  return error.code === 'source-changed' ? '它在封存之后被改动过' : '无法移入回收站';
}

const notKept: Record<CopyReason, string> = {
  'too-large': '它超出了副本可用的空间',
  'folder-missing': '存放副本的文件夹不存在',
  silent: '存放副本的文件夹没有响应',
  'disk-full': '存放副本的磁盘已满',
  settings: '设置无法使用',
  unwritable: '无法写入存放副本的文件夹',
  'disk-failed': '存放副本的磁盘出错',
};

export const notesZh: NotesText = {
  'time-not-restored': (note) => `未能恢复${about(note)}时间。`,
  'permissions-not-restored': (note) => `未能恢复${about(note)}权限。`,
  'name-changed': ({ name, path }) => `本系统不支持名称“${printable(name ?? path ?? '')}”，已改用其他名称。`,
  'web-mark-not-set': () => '未能标记它来自互联网。',
  'original-kept': (note) => `原文件已保留：${whyKept(note)}。`,
  'opening-untried': () =>
    '原文件已保留：未能试着打开封存结果，因为在这里它的密钥只可用于封存。请让有权打开的人验证它，或同时用这台电脑的密钥封存。',
  'copy-not-kept': ({ why = 'disk-failed' }) => `未能保留信封的副本：${notKept[why]}。`,
  'run-finished': () => '上一次运行曾中断，现已补完。',
  'run-removed': () => '上一次运行曾中断，其未完成的文件已删除。',
  'run-kept': () => '上一次运行曾中断；此文件已保留，因为打开密文文件可能只能靠它。',
  'run-waits': () => '上一次运行在一个目前未连接的磁盘上中断。',
  'run-failed': () => '上一次运行留下的内容未能处理。',
  'as-written': ({ text }) => printable(text),
};
