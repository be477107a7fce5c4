import { Button, Loader } from '@mantine/core';
import { FileCheck2, FileSearch } from 'lucide-react';
import { useEffect } from 'react';
import type { Grant } from '../../../shared/desktop.ts';
import type { ErrorRecord } from '../../../shared/errors.ts';
import type { HalfOf, LocatedHalf, LocateProgress } from '../../../shared/halves.ts';
import type { Searched } from '../../../shared/locate.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage, type InLanguage } from '../../text/useLanguage.tsx';
import { ErrorNote } from '../parts/ErrorNote.tsx';
import parts from '../parts/parts.module.css';
import { Saying } from '../parts/Saying.tsx';
import { CopyOffer } from './CopyOffer.tsx';
import { useLocate } from './useLocate.ts';

type LocatingProps = {
  /** The same object as long as the same is meant. */
  half: HalfOf;
  /** The pair that was found, and the user takes. */
  onPair: (envelope: Grant, body: Grant) => void;
  onRestored: (envelope: Grant) => void;
  /** Why it is looked for, which the user has been told: the same is not said twice. */
  why?: ErrorRecord;
};

const lookedAt = ({ files, folders }: Searched, { text, format }: InLanguage): string =>
  text.locate.lookedAt(files, format.number(files), folders, format.number(folders));

function Progress({ progress, onStop }: { progress: LocateProgress | undefined; onStop: () => void }) {
  const language = useLanguage();
  const words = language.text.locate;
  return (
    <div className={parts.row} role="status">
      <Loader size={18} aria-hidden="true" />
      <div className={parts.rowText}>
        <div>{progress === undefined ? words.looking : words.lookingIn(printable(progress.folder))}</div>
        <div className={parts.quiet}>
          {progress === undefined ? null : lookedAt(progress.searched, language)}
        </div>
      </div>
      <Button size="compact-sm" variant="default" onClick={onStop}>
        {words.stop}
      </Button>
    </div>
  );
}

function Found({ result, onPair }: { result: LocatedHalf; onPair: LocatingProps['onPair'] }) {
  const { text } = useLanguage();
  const words = text.locate;
  const { located, own, other } = result;
  const { half, found } = located;
  if (found === undefined || other === undefined) return null;
  const pair = half === 'envelope' ? ([own, other] as const) : ([other, own] as const);
  return (
    <Saying kind="info">
      <p>
        <strong>{words.found[half]}</strong> {words.where[found.where]}
      </p>
      <p className={parts.identifier}>{printable(found.path)}</p>
      <p className={parts.quiet}>{words.byContent}</p>
      <div className={parts.repairs}>
        <Button
          data-autofocus
          size="sm"
          variant="light"
          leftSection={<FileCheck2 size={16} aria-hidden="true" />}
          onClick={() => onPair(...pair)}
        >
          {words.use[half]}
        </Button>
      </div>
    </Saying>
  );
}

function Nowhere({ searched }: { searched: Searched | undefined }) {
  const language = useLanguage();
  const { text, format } = language;
  const words = text.locate;
  return (
    <div className={parts.quiet} role="status">
      <p>{words.none}</p>
      {searched !== undefined && <p>{lookedAt(searched, language)}</p>}
      {searched?.complete === false && <p>{words.limited}</p>}
      {searched !== undefined && searched.placeholders > 0 && (
        <p>{words.placeholders(searched.placeholders, format.number(searched.placeholders))}</p>
      )}
    </div>
  );
}

function Result({ result, half, onPair, onRestored }: LocatingProps & { result: LocatedHalf }) {
  const { found, copy, searched } = result.located;
  const beside = found?.where === 'beside';
  return (
    <>
      {found !== undefined && !beside && <Found result={result} onPair={onPair} />}
      {found === undefined && copy === undefined && <Nowhere searched={searched} />}
      {copy !== undefined && <CopyOffer half={half} copy={copy} differs={beside} onRestored={onRestored} />}
      {beside && copy === undefined && <Found result={result} onPair={onPair} />}
    </>
  );
}

/** Looks around for the other half as soon as it is shown, and offers what it finds. */
export function Locating(props: LocatingProps) {
  const { text } = useLanguage();
  const { looking, begin, stop } = useLocate(props.half);
  useEffect(begin, [begin]);
  if (looking.kind === 'looking') return <Progress progress={looking.progress} onStop={stop} />;
  if (looking.kind === 'failed') {
    return looking.error.code === props.why?.code ? null : <ErrorNote error={looking.error} />;
  }
  if (looking.kind === 'found') return <Result {...props} result={looking.result} />;
  return (
    <Button
      size="sm"
      variant="default"
      leftSection={<FileSearch size={16} aria-hidden="true" />}
      onClick={begin}
    >
      {text.locate.again}
    </Button>
  );
}
