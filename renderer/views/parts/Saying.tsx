import { Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import parts from './parts.module.css';

/** Some sentences that stand out: what failed, what needs attention, what is good to know. */
export function Saying({ kind, children }: { kind: 'error' | 'warning' | 'info'; children: ReactNode }) {
  const Icon = kind === 'info' ? Info : TriangleAlert;
  return (
    <div className={`${parts.saying} ${parts[kind]}`} role={kind === 'error' ? 'alert' : undefined}>
      <Icon size={18} aria-hidden="true" />
      <div>{children}</div>
    </div>
  );
}
