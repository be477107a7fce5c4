/** @file 程序的新版本。 */
import type { ErrorCode } from '../../shared/errors.ts';
import type { SentenceOf } from './facts.ts';
import type { UpdatesText } from './updates.en.ts';

export const updatesZh: UpdatesText = {
  title: '新版本',
  off: {
    'no-feed': '此 Envelope 在制作时没有设定到哪里查找新版本，因此不会查找。',
    managed: '新版本由这台电脑的管理员负责，本程序不会查找。',
    package: '此 Envelope 是作为系统的软件包安装的，新版本由系统提供。',
  },
  why: '查找时，会向本程序制作者的网络服务器请求一个小文件；除了您的网络地址，不会透露任何信息。只有经制作者签名的新版本才会安装，且绝不会在处理文件时安装。',
  byItself: '每天查找一次',
  look: '立即查找',
  looking: '正在查找新版本…',
  newest: (when) => `这已是最新版本。查找时间：${when}。`,
  found: (version) => `有新版本 ${version}。`,
  load: '下载',
  loading: (version, percent) => `正在下载版本 ${version}：${percent}`,
  ready: (version) => `版本 ${version} 已就绪。Envelope 会关闭，然后以新版本重新打开。`,
  install: '安装并重新启动',
};

export const updateErrorsZh = {
  'update-untrusted': () => ({
    what: '网络服务器提供的新版本信息没有 Envelope 制作者的签名。没有安装任何内容。',
    next: '请告知向您提供 Envelope 的人。程序保持不变。',
  }),
  'update-failed': () => ({
    what: '无法查找新版本，或无法下载新版本。',
    next: '请检查网络后重试。程序保持不变。',
  }),
  'update-busy': () => ({
    what: '正在处理文件。',
    next: '请在处理完成后再安装新版本。',
  }),
} satisfies Partial<Record<ErrorCode, SentenceOf>>;
