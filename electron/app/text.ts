/** @file The few sentences of the main process: menu, dialogs, notifications. The page has its own (renderer/text). */
import type { Language } from '../../shared/settings.ts';
import { toldInChinese, toldInEnglish, type ToldText } from './told.ts';

export type Text = ToldText & {
  menu: Record<
    | 'file'
    | 'edit'
    | 'view'
    | 'window'
    | 'help'
    | 'about'
    | 'hide'
    | 'hideOthers'
    | 'showAll'
    | 'quit'
    | 'close'
    | 'undo'
    | 'redo'
    | 'cut'
    | 'copy'
    | 'paste'
    | 'selectAll'
    | 'zoomIn'
    | 'zoomOut'
    | 'actualSize'
    | 'fullScreen'
    | 'minimize'
    | 'zoom'
    | 'guide'
    | 'format',
    string
  >;
  closing: { message: string; detail: string; keep: string; stop: string };
  /** The program cannot start. `file`: which of its own it could not use, if it is known. */
  broken: { title: string; detail: (file: string | undefined) => string };
  choose: Record<
    | 'files'
    | 'folder'
    | 'body'
    | 'output'
    | 'certificates'
    | 'picture'
    | 'envelope'
    | 'backup'
    | 'sheet'
    | 'report'
    | 'restore',
    string
  >;
  /** What the key that nobody has named is called. */
  thisComputer: string;
  kinds: Record<'bodies' | 'certificates' | 'pictures' | 'envelopes' | 'all', string>;
};

const english: Text = {
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    about: 'About Envelope',
    hide: 'Hide Envelope',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
    quit: 'Quit Envelope',
    close: 'Close Window',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    actualSize: 'Actual Size',
    fullScreen: 'Full Screen',
    minimize: 'Minimize',
    zoom: 'Zoom',
    guide: 'Envelope Guide',
    format: 'The File Format',
  },
  closing: {
    message: 'Envelope is still working.',
    detail: 'If it stops now, unfinished files are removed and the originals stay as they are.',
    keep: 'Keep working',
    stop: 'Stop and close',
  },
  broken: {
    title: 'Envelope could not start.',
    detail: (file) =>
      file === undefined
        ? 'What it keeps on this computer could not be read or written.'
        : `This file of its own could not be used:\n${file}`,
  },
  choose: {
    files: 'Choose files',
    folder: 'Choose a folder',
    body: 'Find the encrypted file',
    output: 'Choose where results go',
    certificates: 'Choose a file of certificates',
    picture: 'Choose a picture of the code',
    envelope: 'Choose an envelope',
    backup: 'Back up a key',
    sheet: 'Save the sheet',
    report: 'Save the report',
    restore: 'Choose the copy of a key',
  },
  thisComputer: 'This computer',
  kinds: {
    bodies: 'Encrypted files',
    certificates: 'Certificates',
    pictures: 'Pictures',
    envelopes: 'Envelopes',
    all: 'All files',
  },
  ...toldInEnglish,
};

const chinese: Text = {
  menu: {
    file: '文件',
    edit: '编辑',
    view: '显示',
    window: '窗口',
    help: '帮助',
    about: '关于 Envelope',
    hide: '隐藏 Envelope',
    hideOthers: '隐藏其他',
    showAll: '全部显示',
    quit: '退出 Envelope',
    close: '关闭窗口',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    zoomIn: '放大',
    zoomOut: '缩小',
    actualSize: '实际大小',
    fullScreen: '全屏',
    minimize: '最小化',
    zoom: '缩放',
    guide: 'Envelope 使用指南',
    format: '文件格式',
  },
  closing: {
    message: 'Envelope 仍在工作。',
    detail: '如果现在停止，未完成的文件会被删除，原文件保持不变。',
    keep: '继续工作',
    stop: '停止并关闭',
  },
  broken: {
    title: 'Envelope 无法启动。',
    detail: (file) =>
      file === undefined ? '无法读取或写入它保存在此电脑上的数据。' : `无法使用它自己的文件：\n${file}`,
  },
  choose: {
    files: '选择文件',
    folder: '选择文件夹',
    body: '查找加密文件',
    output: '选择结果的保存位置',
    certificates: '选择证书文件',
    picture: '选择二维码的图片',
    envelope: '选择信封',
    backup: '备份密钥',
    sheet: '保存恢复单',
    report: '保存报告',
    restore: '选择密钥备份',
  },
  thisComputer: '这台电脑',
  kinds: { bodies: '加密文件', certificates: '证书', pictures: '图片', envelopes: '信封', all: '所有文件' },
  ...toldInChinese,
};

/** As {@link textFor} decides. */
export const languageFor = (language: Language, preferred: readonly string[]): 'en' | 'zh-CN' =>
  textFor(language, preferred) === chinese ? 'zh-CN' : 'en';

/** `preferred`: the languages of the system's user, the best first. Decides as the page does (renderer/text/language.ts). */
export function textFor(language: Language, preferred: readonly string[]): Text {
  const wanted = language === 'system' ? preferred.find((tag) => /^(?:zh|en)\b/i.test(tag)) : language;
  return /^zh/i.test(wanted ?? 'en') ? chinese : english;
}
