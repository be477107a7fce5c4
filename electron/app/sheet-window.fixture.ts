/** @file For tests: the window of a sheet, without a window. */
import type { SheetWindow } from '../ipc/services.ts';

/** A sheet's window that prints nothing. */
export class FakeSheet implements SheetWindow {
  readonly html: string;
  closed = false;
  prints: ('printed' | 'cancelled')[] = ['printed'];

  constructor(html: string) {
    this.html = html;
  }

  show(): void {
    if (this.closed) throw new Error('a window that is gone cannot be shown');
  }

  async print(): Promise<boolean> {
    return await Promise.resolve(this.prints.shift() === 'printed');
  }

  async toPdf(): Promise<Buffer> {
    return await Promise.resolve(Buffer.from(`%PDF ${this.html}`));
  }

  close(): void {
    this.closed = true;
  }
}
