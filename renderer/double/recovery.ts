/** @file The recovery key, acted: one that is made and tried leaves nothing behind but the look of it. */
import type { Routes } from '../../shared/contract.ts';
import type { RecoveryView } from '../../shared/recovery-view.ts';

const recipient = 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq';
const key = { recipient, made: '2026-03-02T09:00:00.000Z' };
const former = [
  {
    recipient: 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj',
    made: '2024-11-11T10:00:00.000Z',
    ended: '2026-03-02T09:00:00.000Z',
  },
];

const scenes: Readonly<Record<string, RecoveryView>> = {
  none: { former: [], drillDue: false, atRisk: true, lent: [] },
  used: {
    key: { ...key, drilled: '2026-10-05T16:20:00.000Z' },
    former,
    drillDue: false,
    atRisk: false,
    lent: [],
  },
  due: { key, former: [], drillDue: true, atRisk: false, lent: [] },
  entered: { former: [], drillDue: false, atRisk: false, lent: [recipient] },
};

export function recoveryRoutes(params: URLSearchParams) {
  let view = scenes[params.get('recovery') ?? 'used'] ?? scenes['used'];
  if (view === undefined) throw new Error('the double has scenes');
  const show = (next: RecoveryView): RecoveryView => {
    view = next;
    return next;
  };
  const now = (): RecoveryView => view ?? { former: [], drillDue: false, atRisk: false, lent: [] };
  const used = (): RecoveryView => {
    const { draft: _draft, ...rest } = now();
    return show({ ...rest, key: { recipient, made: new Date().toISOString() }, atRisk: false });
  };
  return {
    recovery: now,
    makeRecoveryKey: () => show({ ...now(), draft: { recipient } }),
    recoverySheet: (deed) => ({ done: true, ...(deed === 'save' ? { file: 'Recovery key.pdf' } : {}) }),
    activateRecoveryKey: used,
    cancelRecoveryKey: () => {
      const { draft: _draft, ...rest } = now();
      return show(rest);
    },
    takeRecoveryKey: used,
    forgetRecoveryKey: () => show(scenes['none'] ?? now()),
    drillRecoveryKey: async () => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      return { file: 'Tender.pdf.envelope', name: 'Tender.pdf', size: 4_211_000 };
    },
    cancelDrill: () => {},
    lendKey: () => {
      show({ ...now(), lent: [recipient] });
      return recipient;
    },
    takeBackKeys: () => show({ ...now(), lent: [] }),
    quietRecovery: () => show({ ...now(), atRisk: false }),
  } satisfies Partial<Routes>;
}
