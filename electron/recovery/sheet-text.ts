/** @file The sentences of the sheet. Backquotes are around what is typed as it stands. */

export type SheetLanguage = 'en' | 'zh-CN';

export type SheetText = {
  title: string;
  made: (date: string) => string;
  /** Before a line to write on. */
  whose: string;
  purpose: readonly string[];
  key: string;
  keyHint: string;
  /** The code, for who cannot see it. */
  code: string;
  recipient: string;
  /** A heading and its steps, or its points. */
  sections: readonly { title: string; numbered: boolean; lines: readonly string[] }[];
  opener: string;
};

const english: SheetText = {
  title: 'Envelope recovery key',
  made: (date) => `Made on ${date}`,
  whose: 'Whose it is:',
  purpose: [
    'This sheet opens every file that Envelope sealed while this was its recovery key, without any other key, password or account. So can whoever finds it: keep it like the key of a safe.',
    'Envelope keeps no copy of it. If the sheet is lost, nobody can print it again; make a new recovery key then.',
  ],
  key: 'The key',
  code: 'QR code with the key',
  keyHint: 'The code says the same as the text. The groups hold no 1, B, I or O.',
  recipient: 'Its public half, which is no secret:',
  sections: [
    {
      title: 'To open a file with Envelope',
      numbered: false,
      lines: [
        'Open the `.envelope` file, choose “Open with a recovery key…”, and type the key or choose a picture of the code.',
        'On a command line: `envelope open FILE.envelope --identity -`',
      ],
    },
    {
      title: 'To open a file without Envelope',
      numbered: true,
      lines: [
        'Install age (age-encryption.org), Python 3, and with `pip install cryptography` what the program needs.',
        'Write the key into a file `key.txt`: `AGE-SECRET-KEY-1` and the ten groups in one line, without spaces.',
        'Save the program of page 2 as `opener.py`. Envelope has it too: `envelope keys recovery opener`',
        'With both files of the pair in one folder: `python3 opener.py FILE.envelope key.txt`',
        'Remove `key.txt` when you are done.',
      ],
    },
    {
      title: 'Where to keep it',
      numbered: false,
      lines: [
        'On paper, away from the computer whose files it opens: a safe, a bank, somebody you trust. Two sheets in two places are better than one.',
        'Not as a photo, not in a mailbox, not in a cloud.',
        'Try it once a year: Keys, Recovery key, “Try the sheet…”, or `envelope keys recovery drill`',
      ],
    },
  ],
  opener: 'The program that opens files without Envelope: opener.py',
};

const chinese: SheetText = {
  title: 'Envelope 恢复密钥',
  made: (date) => `制作于 ${date}`,
  whose: '归谁所有：',
  purpose: [
    '凡是以此为恢复密钥期间由 Envelope 封存的文件，凭这张纸都能打开，不需要其他密钥、密码或账户。捡到它的人也能打开：请像保险柜钥匙一样保管。',
    'Envelope 不保留任何副本。这张纸一旦丢失，谁也无法重新打印；那时请制作一把新的恢复密钥。',
  ],
  key: '密钥',
  code: '含有密钥的二维码',
  keyHint: '二维码与文字内容相同。各组中没有 1、B、I、O。',
  recipient: '它的公开部分，不是秘密：',
  sections: [
    {
      title: '用 Envelope 打开文件',
      numbered: false,
      lines: [
        '打开 `.envelope` 文件，选择“用恢复密钥打开…”，然后输入密钥，或选择二维码的图片。',
        '在命令行中：`envelope open FILE.envelope --identity -`',
      ],
    },
    {
      title: '不用 Envelope 打开文件',
      numbered: true,
      lines: [
        '安装 age（age-encryption.org）和 Python 3，并用 `pip install cryptography` 安装程序所需的库。',
        '把密钥写入文件 `key.txt`：`AGE-SECRET-KEY-1` 和十组字符写成一行，不留空格。',
        '把第 2 页的程序存为 `opener.py`。Envelope 也带有它：`envelope keys recovery opener`',
        '把一对文件放在同一个文件夹里，运行：`python3 opener.py FILE.envelope key.txt`',
        '完成后删除 `key.txt`。',
      ],
    },
    {
      title: '保管在哪里',
      numbered: false,
      lines: [
        '保存在纸上，远离用它打开文件的那台电脑：保险柜、银行或您信任的人那里。两处各放一张比一张更好。',
        '不要拍照，不要放进邮箱或云盘。',
        '每年试一次：密钥、恢复密钥、“试用恢复单…”，或 `envelope keys recovery drill`',
      ],
    },
  ],
  opener: '不用 Envelope 也能打开文件的程序：opener.py',
};

export const sheetTexts: Readonly<Record<SheetLanguage, SheetText>> = { en: english, 'zh-CN': chinese };

/** A part of a sentence. `typed`: it stands as it is typed. */
export type Piece = { text: string; typed: boolean };

/** The parts of a sentence, at its backquotes. */
export const piecesOf = (sentence: string): Piece[] =>
  sentence
    .split('`')
    .map((text, index) => ({ text, typed: index % 2 === 1 }))
    .filter(({ text }) => text !== '');
