import { useKeyed } from '../../store/keyed.ts';
import { signIns } from '../../store/sign-in.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import parts from '../parts/parts.module.css';
import { SignInPanel } from './SignInPanel.tsx';
import styles from './sign-in.module.css';

/** How a connection of the settings stands with its sign-in, and the way to sign in. Nothing where there is none. */
export function SignInStanding({ connection }: { connection: string }) {
  const { text, format } = useLanguage();
  const signIn = useKeyed(signIns, connection);
  if (signIn === undefined || signIn.state === 'none') return null;
  const words = text.signIn;
  const said = (): string | undefined => {
    if (signIn.state === 'signed-out') return words.signedOut;
    if (signIn.state !== 'signed-in') return undefined;
    if (signIn.renews) return words.renews;
    return words.signedIn(format.time(signIn.until));
  };
  const standing = said();
  return (
    <div className={styles.standing}>
      {standing !== undefined && <span className={parts.quiet}>{standing}</span>}
      <SignInPanel
        connection={connection}
        action={signIn.state === 'signed-in' ? words.again : words.begin}
      />
    </div>
  );
}
