import { useLanguage } from '../../text/useLanguage.tsx';
import styles from '../files/dialogs.module.css';
import { CopyText } from '../parts/CopyText.tsx';

/** The lines of the AWS command line that sign in to a profile. Its name is quoted: it may hold spaces. */
const signInLines = (profile: string): string[] => {
  const quoted = /^[\w.@-]+$/.test(profile) ? profile : `'${profile.replaceAll("'", String.raw`'\''`)}'`;
  return [`aws sso login --profile ${quoted}`, `aws login --profile ${quoted}`];
};

/** How to sign in with the tools of AWS. */
export function SignInLines({ profile }: { profile: string | undefined }) {
  const { text } = useLanguage();
  if (profile === undefined) return <p className={styles.dialogText}>{text.files.signInPlain}</p>;
  return (
    <div>
      <p className={styles.dialogText}>{text.files.signInProfile}</p>
      {signInLines(profile).map((line) => (
        <div key={line} className={styles.copyLine}>
          <code>{line}</code>
          <CopyText value={line} />
        </div>
      ))}
    </div>
  );
}
