/** @file What is told of work that ended, or waits, while nobody looks at the window. */
import type { Operation } from '../../shared/desktop.ts';
import type { AccessWork } from '../../shared/rewrap.ts';

/** What is done with files, or with envelopes. */
export type Deed = Operation | AccessWork;

/** Work that ended, in files or envelopes; `broken`: as a whole. Or work that goes no further without an answer. */
export type Told =
  | { kind: 'ended'; operation: Deed; done: number; failed: number; broken: boolean }
  | { kind: 'waits'; operation: Deed };

type Ended = Omit<Extract<Told, { kind: 'ended' }>, 'kind'>;
type Notice = { title: string; body: string };

export type ToldText = { ended: (ended: Ended) => Notice; waits: (operation: Deed) => Notice };

const files = (count: number): string => (count === 1 ? '1 file' : `${count.toLocaleString('en')} files`);

const envelopes = (count: number): string =>
  count === 1 ? '1 envelope' : `${count.toLocaleString('en')} envelopes`;

type EnglishDeed = { title: string; did: string; things: (count: number) => string };
const englishDeeds: Record<Deed, EnglishDeed> = {
  seal: { title: 'Sealing', did: 'sealed', things: files },
  open: { title: 'Opening', did: 'opened', things: files },
  verify: { title: 'Verifying', did: 'verified', things: files },
  rewrap: { title: 'Changing who can open', did: 'changed', things: envelopes },
  reseal: { title: 'Sealing again', did: 'sealed again', things: envelopes },
};

export const toldInEnglish: ToldText = {
  ended: ({ operation, done, failed, broken }) => {
    const { title, did, things } = englishDeeds[operation];
    if (done === 0 && (failed > 0 || broken)) {
      const body = failed > 0 ? `${things(failed)} could not be ${did}.` : 'The window says why.';
      return { title: `${title} has failed`, body };
    }
    const body = `${things(done)} ${did}`;
    // A change that was broken off half way is not done.
    return {
      title: broken ? `${title} has stopped` : `${title} is done`,
      body: failed === 0 ? `${body}.` : `${body}, ${failed.toLocaleString('en')} could not be ${did}.`,
    };
  },
  waits: (operation) => ({
    title: `${englishDeeds[operation].title} waits`,
    body: 'It goes on once you have answered a question in the window.',
  }),
};

type ChineseDeed = { title: string; did: string; not: string; thing: string };
const chineseDeeds: Record<Deed, ChineseDeed> = {
  seal: { title: '封存', did: '已封存', not: '未能封存', thing: '个文件' },
  open: { title: '打开', did: '已打开', not: '未能打开', thing: '个文件' },
  verify: { title: '校验', did: '已校验', not: '未能通过校验', thing: '个文件' },
  rewrap: { title: '打开权限更改', did: '已更改', not: '未能更改', thing: '个信封' },
  reseal: { title: '重新封存', did: '已重新封存', not: '未能重新封存', thing: '个信封' },
};

export const toldInChinese: ToldText = {
  ended: ({ operation, done, failed, broken }) => {
    const { title, did, not, thing } = chineseDeeds[operation];
    if (done === 0 && (failed > 0 || broken)) {
      const body = failed > 0 ? `${failed} ${thing}${not}。` : '原因请看窗口。';
      return { title: `${title}失败`, body };
    }
    return {
      title: broken ? `${title}已停止` : `${title}完成`,
      body: failed === 0 ? `${did} ${done} ${thing}。` : `${did} ${done} ${thing}，${failed} 个${not}。`,
    };
  },
  waits: (operation) => ({
    title: `${chineseDeeds[operation].title}等待中`,
    body: '请在窗口中回答问题，之后会继续。',
  }),
};
