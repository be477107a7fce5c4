import { useKeyed } from '../../store/keyed.ts';
import { signIns } from '../../store/sign-in.ts';
import { SignInLines } from './SignInLines.tsx';
import { SignInPanel } from './SignInPanel.tsx';

type SignInWaysProps = {
  connection: string | undefined;
  profile: string | undefined;
  first?: boolean;
  /** Called when the person has signed in here. */
  onDone?: () => void;
};

/** How to sign in for a connection: here where that is possible, else by the commands of the AWS tools. */
export function SignInWays({ connection = '', profile, first, onDone }: SignInWaysProps) {
  const signIn = useKeyed(signIns, connection);
  const isHere = signIn !== undefined && signIn.state !== 'none';
  if (!isHere) return <SignInLines profile={profile} />;
  return <SignInPanel connection={connection} first={first === true} onDone={onDone} />;
}
