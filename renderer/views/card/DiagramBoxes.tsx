/** @file The boxes of the picture. Every text is cut to its box, with the whole of it as the box's title. */
import type { Card, CardKey } from '../../../shared/desktop.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import type { KeyAnswer } from './answer.ts';
import styles from './card.module.css';
import { firstFitting, headerParts, keyTail, segmentsOf, type Box } from './diagram.ts';

const PADDING = 12;

/** Of several texts the first that fits: each says less than the one before. */
type Line = { text: string | readonly string[]; kind?: 'strong' | 'small' | 'digits' };

const sizes = { strong: 13.5, small: 12.5, digits: 12 };

/** Lines of text, the first `top` pixels below the box's upper edge, 18 apart. */
function Lines({ box, lines, top = 24 }: { box: Box; lines: readonly Line[]; top?: number }) {
  return lines.map(({ text, kind = 'small' }, index) => (
    <text
      // Each line has its place, whatever it says.
      key={index}
      className={styles[kind]}
      x={box.x + PADDING}
      y={box.y + top + index * 18}
      fontSize={sizes[kind]}
    >
      {firstFitting(typeof text === 'string' ? [text] : text, box.width - 2 * PADDING, sizes[kind])}
    </text>
  ));
}

function Frame({ box, className }: { box: Box; className: string | undefined }) {
  return <rect className={className} x={box.x} y={box.y} width={box.width} height={box.height} rx="8" />;
}

export function EnvelopeFrame({ box }: { box: Box }) {
  return <Frame box={box} className={styles.envelope} />;
}

export function KeyBox({
  box,
  cardKey,
  answer,
}: {
  box: Box | undefined;
  cardKey: CardKey;
  answer: KeyAnswer | undefined;
}) {
  const { text } = useLanguage();
  if (box === undefined) return null;
  const key = cardKey.key === undefined ? undefined : printable(cardKey.key);
  const kind = text.card.keyKinds[cardKey.provider] ?? text.card.diagram.unknownKind;
  const name = cardKey.state === 'unknown' ? cardKey.provider : cardKey.name;
  const title = name === undefined ? kind : printable(name);
  const second = [
    ...(name === undefined ? [] : [kind]),
    ...(cardKey.region === undefined ? [] : [cardKey.region]),
  ];
  const opens = answer?.kind === 'yes' ? styles.keyOpens : styles.keyBox;
  return (
    <g>
      <title>{key ?? title}</title>
      <Frame box={box} className={opens} />
      <Lines
        box={box}
        top={20}
        lines={[
          { text: title, kind: 'strong' },
          ...(second.length === 0 ? [] : [{ text: [second.join(' · '), ...second.slice(1)] }]),
          ...(key === undefined ? [] : [{ text: keyTail(key), kind: 'digits' as const }]),
        ]}
      />
    </g>
  );
}

export function WrappedBox({ box, cardKey }: { box: Box | undefined; cardKey: CardKey }) {
  const { text, format } = useLanguage();
  if (box === undefined) return null;
  const { wrappedBytes: bytes, state } = cardKey;
  const size =
    bytes === undefined ? text.card.diagram.unreadable : text.card.bytes(bytes, format.number(bytes));
  return (
    <g>
      <Frame box={box} className={state === 'known' ? styles.wrapped : styles.unreadable} />
      <Lines
        box={box}
        top={29}
        lines={[{ text: text.card.diagram.wrappedKey, kind: 'strong' }, { text: size }]}
      />
    </g>
  );
}

export function DataKeyBox({ box }: { box: Box }) {
  const { diagram } = useLanguage().text.card;
  return (
    <g>
      <Frame box={box} className={styles.dataKey} />
      <Lines
        box={box}
        top={38}
        lines={[
          { text: diagram.dataKeyName, kind: 'strong' },
          { text: diagram.dataKeyBytes },
          { text: diagram.dataKeyOnce },
        ]}
      />
    </g>
  );
}

/** More would be too thin to be seen as segments. */
const MOST_SEGMENTS = 8;
const HEADER_WIDTH = 22;

/** The header with the salt, then the segments: not to scale, which would leave nothing of the header. */
function Strip({ box, segments }: { box: Box; segments: number }) {
  const drawn = Math.min(segments, MOST_SEGMENTS);
  const start = box.x + PADDING + HEADER_WIDTH + 3;
  const width = (box.x + box.width - PADDING - start) / drawn;
  const y = box.y + 56;
  return (
    <g>
      <rect className={styles.header} x={box.x + PADDING} y={y} width={HEADER_WIDTH} height="22" rx="3" />
      {Array.from({ length: drawn }, (_, index) => (
        <rect
          key={`segment ${String(index)}`}
          className={styles.segment}
          x={start + index * width}
          y={y}
          width={Math.max(1, width - 3)}
          height="22"
          rx="3"
        />
      ))}
    </g>
  );
}

export function BodyBox({ box, body, digits }: { box: Box; body: Card['body']; digits: string }) {
  const { text, format } = useLanguage();
  const { diagram } = text.card;
  const { salt } = headerParts(digits);
  const found = body.state === 'found';
  const segments = found ? segmentsOf(body.size) : 0;
  const head: Line[] = found
    ? [
        { text: printable(body.name), kind: 'strong' },
        { text: text.card.bytes(body.size, format.number(body.size)) },
      ]
    : [{ text: diagram.missing, kind: 'strong' }];
  const saltLine: Line = { text: `${diagram.salt} ${salt}`, kind: 'digits' };
  return (
    <g>
      <title>{`${found ? printable(body.name) : diagram.missing}. ${diagram.salt} ${salt}`}</title>
      <Frame box={box} className={found ? styles.body : styles.unreadable} />
      <Lines box={box} top={24} lines={head} />
      {found && <Strip box={box} segments={segments} />}
      <Lines
        box={box}
        top={found ? 102 : 60}
        lines={found ? [saltLine, { text: diagram.segments(segments, format.number(segments)) }] : [saltLine]}
      />
    </g>
  );
}
