/** @file The frame of a place: a heading with what can be done, and panels below it. */
import { useId, type ReactNode } from 'react';
import parts from './parts.module.css';

export function Page({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={parts.page}>
      <div className={parts.head}>
        <h1>{title}</h1>
        {actions !== undefined && <div className={parts.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

export function Panel({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section className={parts.panel} aria-labelledby={heading}>
      <div className={parts.panelHead}>
        <h2 id={heading}>{title}</h2>
        {actions !== undefined && <div className={parts.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
