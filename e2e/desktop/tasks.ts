/** @file The tasks of the page, as Chromium itself has traced them: how long each took, and how much of that it worked. */
import type { CDPSession, Page } from '@playwright/test';

/** Milliseconds. `cpu` is what the page worked; the rest of `wall` it waited for a machine that was busy with others. */
export type Task = { wall: number; cpu: number };

type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  dur?: number;
  tdur?: number;
  args?: { name?: string };
};

const categories = ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'];

const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;

/** The tasks of all pages of this process, which has one. */
function tasksOf(events: readonly TraceEvent[]): Task[] {
  const pages = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  return events
    .filter((event) => event.name === 'RunTask' && event.ph === 'X' && pages.has(threadOf(event)))
    .map(({ dur = 0, tdur = 0 }) => ({ wall: dur / 1000, cpu: tdur / 1000 }));
}

/** One trace after the other: begun with {@link TaskTrace.begin}, read with {@link TaskTrace.end}. */
export class TaskTrace {
  readonly #devTools: CDPSession;
  #events: TraceEvent[] = [];

  private constructor(devTools: CDPSession) {
    this.#devTools = devTools;
    devTools.on('Tracing.dataCollected', ({ value }) => {
      this.#events.push(...(value as unknown as TraceEvent[]));
    });
  }

  static async of(page: Page): Promise<TaskTrace> {
    return new TaskTrace(await page.context().newCDPSession(page));
  }

  async begin(): Promise<void> {
    this.#events = [];
    const traceConfig = { includedCategories: categories };
    await this.#devTools.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  }

  async end(): Promise<Task[]> {
    const complete = new Promise((resolve) => this.#devTools.once('Tracing.tracingComplete', resolve));
    await this.#devTools.send('Tracing.end');
    await complete;
    return tasksOf(this.#events);
  }
}
