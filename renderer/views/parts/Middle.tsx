import { inTwo } from './in-two.ts';
import styles from './parts.module.css';

/** A name or path in one line. Where there is no room it gives way in its middle; all of it is in its tip. */
export function Middle({ text, title = text }: { text: string; title?: string }) {
  const [start, end] = inTwo(text);
  return (
    <bdi className={styles.middle} title={title}>
      <span>{start}</span>
      {end !== '' && <span>{end}</span>}
    </bdi>
  );
}
