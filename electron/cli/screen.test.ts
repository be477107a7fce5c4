import { describe, expect, it } from 'vitest';
import { type Output, Screen } from './screen.ts';

function fake(isTTY: boolean, columns = 20): Output & { written: string } {
  return {
    written: '',
    isTTY,
    columns,
    write(text: string) {
      this.written += text;
    },
  };
}

describe('Screen', () => {
  it('writes nothing but lines where there is no terminal', () => {
    const [out, err] = [fake(false), fake(false)];
    const screen = new Screen({ out, err });
    screen.show('working');
    screen.result('a.pdf');
    screen.say('done');
    expect([out.written, err.written]).toEqual(['a.pdf\n', 'done\n']);
  });

  it('leaves out what --quiet leaves out, but no warning and no result', () => {
    const [out, err] = [fake(false), fake(true)];
    const screen = new Screen({ out, err }, { quiet: true });
    screen.show('working');
    screen.result('a.pdf');
    screen.say('done');
    screen.warn('failed');
    expect([out.written, err.written]).toEqual(['a.pdf\n', 'failed\n']);
  });

  it('keeps the live line below, cut to the width, and clears it at the end', () => {
    const [out, err] = [fake(true), fake(true)];
    const screen = new Screen({ out, err });
    screen.show('sealing a very long name.pdf');
    screen.result('a.pdf');
    screen.show('');
    expect(out.written).toBe('a.pdf\n');
    const clear = '\r\u001b[K';
    const line = 'sealing a… name.pdf';
    expect(err.written).toBe(clear + line + clear + clear + line + clear);
  });

  it('leaves the terminal to whoever holds it', () => {
    const err = fake(true);
    const screen = new Screen({ out: fake(true), err });
    {
      using _held = screen.hold();
      screen.show('working');
      expect(err.written).toBe('');
    }
    screen.show('working');
    expect(err.written).toContain('working');
  });

  it('has no live line on a terminal that cannot clear one', () => {
    const err = fake(true);
    new Screen({ out: fake(true), err }, { term: 'dumb' }).show('working');
    expect(err.written).toBe('');
  });
});
