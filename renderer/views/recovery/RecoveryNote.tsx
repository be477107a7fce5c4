import { LifeBuoy } from 'lucide-react';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './recovery.module.css';

/** Beside every choice of keys to seal with: that the recovery key opens what comes of it, too. */
export function RecoveryNote() {
  const { text, format } = useLanguage();
  const key = useStore(settings)?.settings.recovery.key;
  if (key === undefined) return null;
  return (
    <p className={styles.note}>
      <LifeBuoy size={16} aria-hidden="true" /> <span>{text.recovery.also(format.time(key.made))}</span>
    </p>
  );
}
