import { link, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalEntry, SealEntry } from './journal-entry.ts';
import { BODY, ENVELOPE, OTHER, PLAIN, Wreck } from './recover.fixture.ts';
import { recover } from './recover.ts';

let wreck: Wreck;

beforeEach(async () => {
  wreck = await Wreck.create();
});
afterEach(async () => {
  await wreck.remove();
});

describe('row 1: one half is final, the other a complete temporary with the same 40 bytes', () => {
  it.each<[string, () => Promise<void>]>([
    [
      'body renamed',
      async () => {
        await wreck.body('T.enc');
        await wreck.envelope(ENVELOPE);
      },
    ],
    [
      'body linked',
      async () => {
        await wreck.body(BODY);
        await link(wreck.at(BODY), wreck.at('T.enc'));
        await wreck.envelope(ENVELOPE);
      },
    ],
    [
      'both linked',
      async () => {
        await wreck.body(BODY);
        await link(wreck.at(BODY), wreck.at('T.enc'));
        await wreck.envelope(ENVELOPE);
        await link(wreck.at(ENVELOPE), wreck.at('T.envelope'));
      },
    ],
    [
      'both linked, the envelope settled',
      async () => {
        await wreck.body(BODY);
        await link(wreck.at(BODY), wreck.at('T.enc'));
        await wreck.envelope('T.envelope');
      },
    ],
    [
      'the envelope alone, on a disk that forgot the order',
      async () => {
        await wreck.body(BODY);
        await wreck.envelope('T.envelope');
      },
    ],
  ])('%s: finished', async (_, build) => {
    await wreck.crash(wreck.seal({ stem: 'T' }));
    await build();
    expect(await recover(wreck.journals)).toMatchObject([
      { did: 'finished', body: wreck.at('T.enc'), envelope: wreck.at('T.envelope') },
    ]);
    expect(await wreck.names()).toEqual(['T.enc', 'T.envelope']);
    expect(await wreck.isPair('T')).toBe(true);
    expect(await wreck.left()).toEqual([]);
  });

  it('killed between the renames, replacing or sealing again: finished', async () => {
    await wreck.crash(wreck.seal({ stem: 'T', replace: true }));
    await wreck.body('T.enc');
    await wreck.envelope('T.envelope', OTHER);
    await wreck.envelope(ENVELOPE);
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'finished' }]);
    expect(await wreck.names()).toEqual(['T.enc', 'T.envelope']);
    expect(await wreck.isPair('T')).toBe(true);
  });

  it('both names given, the envelope rewrapped since: the old text does not come back', async () => {
    await wreck.crash(wreck.seal({ stem: 'T' }));
    await wreck.body('T.enc');
    await wreck.envelope(ENVELOPE);
    const rewrapped = ` ${await wreck.text(ENVELOPE)}`;
    await writeFile(wreck.at('T.envelope'), rewrapped);
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'finished', body: wreck.at('T.enc') }]);
    expect(await wreck.names()).toEqual(['T.enc', 'T.envelope']);
    expect(await wreck.text('T.envelope')).toBe(rewrapped);
  });

  it.each(['linked', 'renamed'])(
    'the other name was taken meanwhile, %s: both get the next number',
    async (how) => {
      await wreck.crash(wreck.seal({ stem: 'T' }));
      await wreck.body('T.enc');
      if (how === 'linked') await link(wreck.at('T.enc'), wreck.at(BODY));
      await wreck.envelope(ENVELOPE);
      await writeFile(wreck.at('T.envelope'), 'somebody else');
      expect(await recover(wreck.journals)).toMatchObject([{ did: 'finished', body: wreck.at('T (2).enc') }]);
      expect(await wreck.names()).toEqual(['T (2).enc', 'T (2).envelope', 'T.envelope']);
      expect(await wreck.text('T.envelope')).toBe('somebody else');
      expect(await wreck.isPair('T (2)')).toBe(true);
    },
  );
});

describe('row 2: the temporary body is there', () => {
  it.each<[string, Partial<SealEntry>, string[]]>([
    ['alone', {}, [BODY]],
    ['with a complete envelope, before any name', {}, [BODY, ENVELOPE]],
    ['with a stem noted and no name given', { stem: 'T' }, [BODY, ENVELOPE]],
    ['with a replacement noted and no name given', { stem: 'T', replace: true }, [BODY, ENVELOPE]],
  ])('%s: both deleted, the old pair untouched', async (_, more, there) => {
    await wreck.crash(wreck.seal(more));
    await wreck.body('T.enc', OTHER);
    await wreck.envelope('T.envelope', OTHER);
    await wreck.body(BODY);
    if (there.includes(ENVELOPE)) await wreck.envelope(ENVELOPE);
    expect(await recover(wreck.journals)).toMatchObject([
      { did: 'removed', paths: there.map((name) => wreck.at(name)) },
    ]);
    expect(await wreck.names()).toEqual(['T.enc', 'T.envelope']);
    expect(await wreck.isPair('T', OTHER)).toBe(true);
    expect(await wreck.left()).toEqual([]);
  });

  it('with half an envelope: both deleted, and the body’s final name with them', async () => {
    await wreck.crash(wreck.seal({ stem: 'T' }));
    await wreck.body(BODY);
    await link(wreck.at(BODY), wreck.at('T.enc'));
    await writeFile(wreck.at(ENVELOPE), '{ "format": "envelope/1", "hea');
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'removed' }]);
    expect(await wreck.names()).toEqual([]);
  });

  it('beside a foreign file under its final name, the same 40 bytes missing: that stays', async () => {
    await wreck.crash(wreck.seal({ stem: 'T' }));
    await wreck.body(BODY);
    await wreck.envelope(ENVELOPE);
    await writeFile(wreck.at('T.enc'), 'somebody else');
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'removed' }]);
    expect(await wreck.names()).toEqual(['T.enc']);
  });
});

describe('row 3: a temporary envelope that nothing fits', () => {
  it.each([
    ['no body anywhere', 'T', undefined],
    ['another body under the name', 'T', OTHER],
    ['no name was noted', undefined, undefined],
  ])('%s: kept, told, and told again', async (_, stem, final) => {
    await wreck.crash(wreck.seal(stem === undefined ? {} : { stem }));
    await wreck.envelope(ENVELOPE);
    if (final !== undefined) await wreck.body('T.enc', final);
    for (const _ of [1, 2]) {
      expect(await recover(wreck.journals)).toMatchObject([{ did: 'kept', paths: [wreck.at(ENVELOPE)] }]);
      expect(await wreck.names()).toContain(ENVELOPE);
    }
    // Its body comes back: nothing was lost.
    await wreck.body('T.enc');
    if (stem !== undefined) expect(await recover(wreck.journals)).toMatchObject([{ did: 'finished' }]);
  });
});

describe('row 4: plaintext', () => {
  it('a file: deleted', async () => {
    await wreck.crash({ job: 'o', kind: 'open', partial: wreck.at(PLAIN) });
    await writeFile(wreck.at(PLAIN), 'secret');
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'removed', paths: [wreck.at(PLAIN)] }]);
    expect(await wreck.names()).toEqual([]);
  });

  it('a folder: deleted, no link followed', async () => {
    await wreck.crash({ job: 'o', kind: 'open', partial: wreck.at(PLAIN), folder: true });
    await mkdir(wreck.at(PLAIN));
    await writeFile(wreck.at('kept'), 'text');
    await symlink('..', wreck.at(`${PLAIN}/up`));
    await writeFile(wreck.at(`${PLAIN}/file`), 'secret');
    await recover(wreck.journals);
    expect(await wreck.names()).toEqual(['kept']);
  });

  it('a folder where a file was noted: not deleted, reported, kept in the journal', async () => {
    await wreck.crash({ job: 'o', kind: 'open', partial: wreck.at(PLAIN) });
    await mkdir(wreck.at(PLAIN));
    await writeFile(wreck.at(`${PLAIN}/file`), 'text');
    expect(await recover(wreck.journals)).toMatchObject([
      { did: 'failed', error: { details: { path: wreck.at(PLAIN) } } },
    ]);
    expect(await wreck.text(`${PLAIN}/file`)).toBe('text');
    expect(await wreck.left()).toHaveLength(2);
    await rm(wreck.at(PLAIN), { recursive: true });
    expect(await recover(wreck.journals)).toEqual([]);
    expect(await wreck.left()).toEqual([]);
  });
});

const rewrap = (): JournalEntry => ({
  job: 'r',
  kind: 'rewrap',
  partial: wreck.at(ENVELOPE),
  envelope: wreck.at('T.envelope'),
});

describe('a rewrap', () => {
  it('is deleted while the old envelope stands', async () => {
    await wreck.crash(rewrap());
    await wreck.envelope('T.envelope');
    await writeFile(wreck.at(ENVELOPE), 'half');
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'removed', paths: [wreck.at(ENVELOPE)] }]);
    expect(await wreck.names()).toEqual(['T.envelope']);
  });

  it('is kept if the old envelope is gone', async () => {
    await wreck.crash(rewrap());
    await wreck.envelope(ENVELOPE);
    expect(await recover(wreck.journals)).toMatchObject([{ did: 'kept' }]);
    expect(await wreck.names()).toEqual([ENVELOPE]);
  });
});
