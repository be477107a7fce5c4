import type { BatchText } from './files-batch.en.ts';

export const batchZh: BatchText = {
  clauses: (parts) => parts.join('，'),
  doing: {
    seal: (_count, number) => `正在封存 ${number} 个文件`,
    open: (_count, number) => `正在打开 ${number} 个文件`,
    verify: (_count, number) => `正在校验 ${number} 个文件`,
  },
  done: {
    seal: (_count, number) => `已封存 ${number} 个文件`,
    open: (_count, number) => `已打开 ${number} 个文件`,
    verify: (_count, number) => `已校验 ${number} 个文件`,
  },
  undone: {
    seal: (_count, number) => `${number} 个文件未能封存`,
    open: (_count, number) => `${number} 个文件未能打开`,
    verify: (_count, number) => `${number} 个文件未能通过校验`,
  },
  others: {
    seal: (number) => `${number} 个未能封存`,
    open: (number) => `${number} 个未能打开`,
    verify: (number) => `${number} 个未能通过校验`,
  },
  nothing: { seal: '没有封存任何文件', open: '没有打开任何文件', verify: '没有校验任何文件' },
  cancelled: {
    seal: (done, all) => `已取消：封存了 ${all} 个文件中的 ${done} 个`,
    open: (done, all) => `已取消：打开了 ${all} 个文件中的 ${done} 个`,
    verify: (done, all) => `已取消：校验了 ${all} 个文件中的 ${done} 个`,
  },
  cancelledFirst: {
    seal: '已取消，没有封存任何文件',
    open: '已取消，没有打开任何文件',
    verify: '已取消，没有校验任何文件',
  },
  allSkipped: (_count, number) => `已跳过 ${number} 个文件`,
  waiting: '等待您的回答',
  failed: (number) => `${number} 个失败`,
  skipped: (number) => `${number} 个跳过`,
  leftOut: (number) => `${number} 个未处理`,
  leftOutHint: '链接、特殊文件和已封存的文件不会被封存。',
  onlyFailed: '只看失败的',
  all: '全部显示',
  fold: '收起',
  unfold: '展开',
  retryFailed: '重试失败的',
  retryRest: '继续完成其余',
  cancel: '全部取消',
};
