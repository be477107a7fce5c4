import type { LocateText } from './locate.en.ts';

export const locateZh: LocateText = {
  title: { envelope: '缺失的密文文件', body: '缺失的信封' },
  looking: '正在周围的文件夹里查找…',
  lookingIn: (folder) => `正在查找“${folder}”`,
  lookedAt: (_count, number, _folders, foldersNumber) =>
    `已查看 ${foldersNumber} 个文件夹里的 ${number} 个文件`,
  stop: '停止查找',
  again: '在周围查找',
  found: { envelope: '找到了它的密文文件。', body: '找到了它的信封。' },
  where: {
    beside: '就在它旁边。',
    below: '在它下面的文件夹里。',
    above: '在它上面的文件夹里，或在那附近。',
    chosen: '在您选择的文件夹里。',
  },
  byContent: '是按内容认出来的，与名称无关。',
  use: { envelope: '使用这个文件', body: '显示这个信封' },
  none: '周围没有找到相符的文件。',
  limited: '查找到达上限后停止，因此并非所有地方都看过。',
  placeholders: (_count, number) => `有 ${number} 个文件只存放在云端，查找时没有下载。`,

  copy: '这台电脑保存着这个信封的副本。',
  copyDiffers: '它与现有的信封不同：现有的信封可能已损坏，也可能更新。',
  holds: '内容',
  hidden: '名称已隐藏的内容',
  sealed: '封存时间',
  kept: '副本保存时间',
  opens: '可用以下密钥打开',
  unknownKey: '未知种类的密钥',
  older: '副本可能比丢失的信封旧：恢复之后，这些密钥又能打开该文件，包括此后已移除的密钥。',
  restore: '恢复信封',
  restored: (name) => `“${name}”已恢复到它的文件旁边，没有覆盖任何内容。`,
};
