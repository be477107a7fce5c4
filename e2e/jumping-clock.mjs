/**
 * @file Loaded into a program before all else: its clock jumps with every look at it, years ahead and years back. Threads of
 * their own keep theirs; nothing of a file's fate hangs on what time it is.
 */
const YEAR = 31_557_600_000;
const jumps = [0, 20 * YEAR, -40 * YEAR, YEAR / 365, -YEAR / 8_766];
const Real = Date;
let looked = 0;
const jumping = () => Real.now() + jumps[looked++ % jumps.length];

globalThis.Date = class extends Real {
  constructor(...given) {
    if (given.length === 0) super(jumping());
    else super(...given);
  }

  static now() {
    return jumping();
  }
};
