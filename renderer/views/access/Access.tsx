import { useLanguage } from '../../text/useLanguage.tsx';
import { Panel } from '../parts/Page.tsx';
import parts from '../parts/parts.module.css';

/** Changing which keys open existing envelopes. */
export function Access() {
  const { text } = useLanguage();
  return (
    <Panel title={text.access.title}>
      <p className={parts.quiet}>{text.access.what}</p>
      <p className={parts.quiet}>{text.access.how}</p>
      <p className={parts.quiet}>{text.access.limit}</p>
    </Panel>
  );
}
