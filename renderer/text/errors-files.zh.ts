/** @file 信封、密文文件、文件与程序本身出错时的中文句子。 */
import type { fileErrorsEn } from './errors-files.en.ts';
import type { SentenceOf } from './facts.ts';

const kept = '这台电脑保存着这个信封的副本，可以恢复。';
const fromACopy = '请从原来的来源或备份重新取得信封和密文文件。';

const managedProblems: Readonly<Record<string, string>> = {
  owner: '文件的所有者不是管理员',
  writable: '管理员以外的人可以更改它',
  link: '它是一个链接',
  special: '它不是普通文件',
  large: '它超过 64 KB',
  unreadable: '无法读取',
  json: '它不是 JSON',
};

export const fileErrorsZh: Record<keyof typeof fileErrorsEn, SentenceOf> = {
  'envelope-invalid': (facts) => ({
    what: '这不是有效的信封。',
    next: facts.has('copy') ? kept : fromACopy,
  }),
  'envelope-newer': () => ({
    what: '这个信封由更新版本的程序制作。',
    next: '请更新本程序。',
  }),
  'envelope-altered': (facts) => ({
    what: '信封在封存之后被人改动过：密钥正确，但封印对不上。',
    next: facts.has('copy') ? kept : fromACopy,
  }),
  'envelope-missing': (facts) => ({
    what: `这个文件夹里没有属于${facts.quoted('body', '该文件')}的信封。`,
    next: facts.has('copy') ? kept : '请把它的 .envelope 文件放到旁边，或在周围查找。',
  }),
  'last-key': () => ({
    what: '移除后将没有任何密钥能打开这个信封，因此没有移除。',
    next: '请先添加另一把密钥，或替换这一把。',
  }),
  'too-many-keys': (facts) => ({
    what: `一个信封最多有 32 把密钥${facts.if('keys', '，而这样会有 % 把')}。`,
    next: '请移除不再需要的密钥。',
  }),
  'envelope-changed': () => ({ what: '另一个程序同时改动了这个信封。', next: '请重试。' }),
  'body-missing': (facts) => ({
    what: `信封旁边没有它的密文文件${facts.has('expected') ? `，应为${facts.quoted('expected', '别的名称')}` : ''}。`,
    next: '如果它换了名字或位置，可以把它找出来：程序会按内容识别。',
  }),
  'body-foreign': (facts) => ({
    what: `${facts.quoted('body', '信封旁边的文件')}属于${facts.is('namesake') ? `另一个同样名为${facts.quoted('belongs', '此名')}的信封` : facts.quoted('belongs', '另一个信封')}。${facts.if('wanted', '这个信封对应的是“%”。')}`,
    next: '请找到正确的密文文件，程序会按内容识别。',
  }),
  'pair-apart': (facts) => ({
    what: `密文文件${facts.quoted('body', '')}与信封的名称或文件夹不同，因此无法一起替换。`,
    next: '请将两者放进同一文件夹并使用同一名称，然后重试。',
  }),
  'body-cut-short': (facts) => ({
    what: `密文文件不完整${facts.size('length') === undefined ? '' : `，到 ${facts.size('length')} 处就结束了`}。`,
    next: `可能是复制或下载没有完成。${fromACopy}`,
  }),
  'body-altered': (facts) => ({
    what: `密文文件被改动或已损坏${facts.if('offset', '（位于第 % 字节）')}，没有保留任何内容。`,
    next: fromACopy,
  }),
  'archive-invalid': () => ({
    what: '其中的文件夹不符合格式规定。',
    next: '它不是由本程序制作的，请询问封存它的人。',
  }),
  'source-missing': (facts) => ({
    what: `${facts.quoted('path', '文件')}已经不在原处。`,
    next: '它被移动、改名或删除了。请放回原处，或从现在的位置重新选择。',
  }),
  'source-unreadable': (facts) => ({
    what: `您没有读取${facts.quoted('path', '该文件')}的权限。`,
    next: '请修改它的权限，然后重试。',
  }),
  'source-special': () => ({
    what: '这不是普通文件：链接、设备、套接字和管道都不能封存。',
    next: '请选择文件本身。',
  }),
  'source-too-large': (facts) => ({
    what: `${facts.quoted('path', '该文件')}超过了格式的上限（约 2,250 TB）。`,
    next: '请分成几部分封存。',
  }),
  'source-changed': (facts) => ({
    what: `${facts.quoted('path', '该文件')}在读取时发生了变化，因此没有写入任何内容。`,
    next: '请关闭正在写入它的程序，然后重试。',
  }),
  'source-sealed': () => ({
    what: '这本来就是信封，或者是信封的密文文件。',
    next: '无需处理：已封存的文件保持原样。',
  }),
  'same-file': () => ({
    what: '结果会覆盖它自己的来源文件，原文件将被毁掉。',
    next: '请为结果选择另一个文件夹。',
  }),
  'name-taken': (facts) => ({
    what: `${facts.quoted('path', facts.quoted('stem', '结果的名称'))}已被占用。`,
    next: '请给现有文件改名，换一个文件夹，或选择“两者都保留”。',
  }),
  'name-impossible': (facts) => ({
    what: `本系统不支持名称${facts.quoted('name', facts.quoted('path', ''))}。`,
    next: '请给文件改名，或选择路径更短的文件夹。',
  }),
  'disk-full': (facts) =>
    facts.text('errno') === 'EDQUOT'
      ? {
          what: '您在这块磁盘上可用的空间（配额）已用完。',
          next: '请删除您在该磁盘上的一些文件、申请更大的配额，或选择另一块磁盘上的文件夹。',
        }
      : {
          what:
            facts.size('needed') === undefined
              ? '磁盘空间不足。'
              : `磁盘空间不足：需要 ${facts.size('needed')}${facts.size('free') === undefined ? '' : `，可用 ${facts.size('free')}`}。`,
          next: '请腾出空间后重试，或选择另一块磁盘上的文件夹。',
        },
  'target-missing': (facts) => ({
    what: `存放结果的文件夹${facts.quoted('path', '')}已经不在原处。`,
    next: '请为结果选择另一个文件夹。',
  }),
  'target-unwritable': (facts) => ({
    what: `您没有写入${facts.quoted('path', '结果文件夹')}的权限。`,
    next: '请为结果选择另一个文件夹，或修改它的权限。',
  }),
  'disk-read-only': (facts) => ({
    what: `${facts.quoted('path', '结果')}所在的磁盘是只读的。`,
    next: '请选择另一块磁盘上的文件夹，或使这块磁盘可写。',
  }),
  'disk-gone': () => ({
    what: '磁盘已经不在，或没有响应。',
    next: '请接上磁盘，或重新连接网络磁盘，然后重试。',
  }),
  'disk-failing': (facts) => ({
    what: `磁盘无法正常读写${facts.if('errno', '（系统返回 %）')}。`,
    next: '磁盘可能正在损坏：请先把其中的内容复制到别处，检查之后再使用。',
  }),
  'file-too-large': () => ({
    what: '磁盘存不下这么大的文件；FAT32 的上限是 4 GB。',
    next: '请选择另一块磁盘上的文件夹。',
  }),
  'file-busy': (facts) => ({
    what: `另一个程序正占用${facts.quoted('path', '该文件')}。`,
    next: '请关闭那个程序，然后重试。',
  }),
  'too-many-open': () => ({
    what: '打开的文件太多，系统不再让本程序打开更多。',
    next: '请关闭其他程序，然后重试。',
  }),
  'io-failed': (facts) => ({
    what: `磁盘没有完成操作${facts.if('errno', '（系统返回 %）')}。`,
    next: '请检查磁盘及其连接，然后重试。',
  }),
  'being-opened': () => ({
    what: '另一个程序正在把同一内容打开到同一文件夹。',
    next: '请等它结束后重试。',
  }),
  'journal-untrusted': () => ({
    what: '上次运行的记录可能是他人写入的，因此没有改动任何文件。',
    next: '请检查谁可以写入本程序的数据文件夹。',
  }),
  'nothing-to-do': (facts) => ({
    what: `${facts.quoted('path', '该文件夹')}中没有可处理的内容：没有要封存的文件，也没有信封。`,
    next: '请选择其他文件夹。',
  }),
  cancelled: () => ({ what: '已取消，没有留下未完成的文件。', next: '可随时重新开始。' }),
  'worker-lost': () => ({
    what: '处理该文件时，程序的一部分意外停止。',
    next: '请重试该文件。如果再次发生，可能是这台电脑内存不足。',
  }),
  'settings-invalid': (facts) => ({
    what: `设置无法使用${facts.if('setting', '：“%”无效')}${facts.if('reason', '：%')}。`,
    next: '请更正该设置。',
  }),
  'managed-invalid': (facts) => ({
    what: `管理员为这台电脑所做的设置无法使用：${
      managedProblems[facts.text('problem') ?? ''] ?? `内容无效${facts.if('field', '（“%”处）')}`
    }${facts.if('at', '（%）')}。在修正之前，不会封存任何文件，也不会访问 KMS。`,
    next: '请联系这台电脑的管理员，然后重新启动程序。',
  }),
  usage: (facts) => ({
    what: `无法理解这个请求${facts.if('reason', '：%')}。`,
    next: '请重新选择文件，再试一次。',
  }),
  bug: () => ({ what: '程序自身出了错误。', next: '请重试。如果再次发生，请向我们反馈。' }),
};
