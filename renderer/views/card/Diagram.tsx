import { useElementSize } from '@mantine/hooks';
import { useId } from 'react';
import type { Card } from '../../../shared/desktop.ts';
import { printable } from '../../text/printable.ts';
import { useLanguage, type InLanguage } from '../../text/useLanguage.tsx';
import type { KeyAnswer } from './answer.ts';
import styles from './card.module.css';
import { BodyBox, DataKeyBox, EnvelopeFrame, KeyBox, WrappedBox } from './DiagramBoxes.tsx';
import { CAPTION, layoutDiagram, type Arrow, type Box } from './diagram.ts';
import { keyTitle } from './key-title.ts';

function Caption({ box, children }: { box: Box; children: string }) {
  return (
    <text className={styles.caption} x={box.x} y={box.y - 9}>
      {children}
    </text>
  );
}

function Way({ arrow, head }: { arrow: Arrow; head: string }) {
  const { from, to } = arrow;
  const across = from.y === to.y;
  // Clear of both boxes, and the head's tip touches neither.
  const end = across ? { x: to.x - 11, y: to.y } : { x: to.x, y: to.y - CAPTION - 10 };
  return (
    <line
      className={styles.way}
      x1={across ? from.x + 3 : from.x}
      y1={across ? from.y : from.y + 3}
      x2={end.x}
      y2={end.y}
      markerEnd={`url(#${head})`}
    />
  );
}

/** The picture in words, for who cannot see it. */
function inWords(card: Card, { text, format }: InLanguage): string {
  const names = card.keys.map((key) => keyTitle(key, text.card));
  const wrapped = card.keys.map(({ wrappedBytes: bytes }) =>
    bytes === undefined ? text.card.diagram.unreadable : text.card.bytes(bytes, format.number(bytes)),
  );
  const body = card.body.state === 'found' ? printable(card.body.name) : text.card.diagram.missing;
  return text.card.diagram.alt(format.list(names), format.list(wrapped), body);
}

/** KMS key, wrapped key, data key, body: with the names, ids and sizes of this very envelope. */
export function Diagram({ card, answers }: { card: Card; answers: readonly KeyAnswer[] }) {
  const inLanguage = useLanguage();
  const { diagram } = inLanguage.text.card;
  const { ref, width } = useElementSize();
  const head = useId();
  const layout = layoutDiagram(Math.max(300, Math.floor(width)), card.keys.length);
  const more = card.keys.length - layout.keys.length;
  return (
    <div ref={ref} className={styles.picture}>
      {width > 0 && (
        <svg
          width={layout.width}
          height={layout.height + (more > 0 ? CAPTION : 0)}
          role="img"
          aria-label={inWords(card, inLanguage)}
        >
          <defs>
            <marker
              id={head}
              className={styles.head}
              markerWidth="8"
              markerHeight="8"
              refX="1"
              refY="4"
              orient="auto"
            >
              <path d="M0 0 8 4 0 8z" />
            </marker>
          </defs>
          {layout.keys[0] !== undefined && (
            <Caption box={{ ...layout.keys[0], y: layout.envelope.y }}>{diagram.keys}</Caption>
          )}
          <Caption box={layout.envelope}>{diagram.envelope}</Caption>
          <Caption box={layout.dataKey}>{diagram.dataKey}</Caption>
          <Caption box={layout.body}>{diagram.body}</Caption>
          <EnvelopeFrame box={layout.envelope} />
          {card.keys.slice(0, layout.keys.length).map((key, index) => (
            <g key={layout.keys[index]?.y}>
              <KeyBox box={layout.keys[index]} cardKey={key} answer={answers[index]} />
              <WrappedBox box={layout.wrapped[index]} cardKey={key} />
            </g>
          ))}
          <DataKeyBox box={layout.dataKey} />
          <BodyBox box={layout.body} body={card.body} digits={card.salt} />
          {layout.arrows.map((arrow) => (
            <Way key={`${arrow.from.x},${arrow.from.y}`} arrow={arrow} head={head} />
          ))}
          {more > 0 && (
            <text className={styles.small} x={0} y={layout.height + CAPTION - 6}>
              {diagram.more(more, inLanguage.format.number(more))}
            </text>
          )}
        </svg>
      )}
    </div>
  );
}
