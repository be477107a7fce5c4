import { printable } from '../../text/printable.ts';
import styles from './access.module.css';

/** Some envelopes by their paths. */
export function Paths({ paths }: { paths: readonly string[] }) {
  if (paths.length === 0) return null;
  return (
    <ul className={styles.paths}>
      {paths.map((path) => (
        <li key={path}>{printable(path)}</li>
      ))}
    </ul>
  );
}
