import { Building2, LifeBuoy } from 'lucide-react';
import { settings } from '../../store/settings.ts';
import { useStore } from '../../store/store.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './recovery.module.css';

/** Beside every choice of keys to seal with: that the recovery key, and an administrator's keys, open what comes of it, too. */
export function RecoveryNote() {
  const { text, format } = useLanguage();
  const view = useStore(settings);
  const key = view?.settings.recovery.key;
  const managed = view?.managed?.state === 'valid' ? view.managed.keys.length : 0;
  return (
    <>
      {key !== undefined && (
        <p className={styles.note}>
          <LifeBuoy size={16} aria-hidden="true" /> <span>{text.recovery.also(format.time(key.made))}</span>
        </p>
      )}
      {managed > 0 && (
        <p className={styles.note}>
          <Building2 size={16} aria-hidden="true" />{' '}
          <span>{text.trust.keysToo(managed, format.number(managed))}</span>
        </p>
      )}
    </>
  );
}
