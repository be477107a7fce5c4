import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import type { Labels } from '../../../shared/envelope.ts';
import { useLanguage } from '../../text/useLanguage.tsx';
import styles from './choices.module.css';
import { labelsOf, linesOf, MOST_LABELS, problemOf, type LabelLine } from './labels.ts';

let lastId = 0;
const emptyLine = (): LabelLine => ({ id: --lastId, label: '', value: '' });

type LabelsEditorProps = { value: Labels; onChange: (labels: Labels) => void };

/** The labels as they are written. `onChange` hears only of labels that can be used. */
export function LabelsEditor({ value, onChange }: LabelsEditorProps) {
  const { text } = useLanguage();
  const [lines, setLines] = useState(() => {
    const given = linesOf(value);
    return given.length === 0 ? [emptyLine()] : given;
  });
  const change = (next: LabelLine[]): void => {
    setLines(next);
    const result = labelsOf(next);
    if ('labels' in result) onChange(result.labels);
  };
  const put = (line: LabelLine): void => {
    change(lines.map((other) => (other.id === line.id ? line : other)));
  };
  return (
    <div className={styles.labels}>
      <p className={styles.warning}>
        <TriangleAlert size={16} aria-hidden="true" />
        {text.files.labelsWarning}
      </p>
      {lines.map((line, index) => (
        <LabelFields
          key={line.id}
          line={line}
          number={index + 1}
          lines={lines}
          onChange={put}
          onRemove={() => {
            change(lines.filter((other) => other.id !== line.id));
          }}
        />
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<Plus size={14} aria-hidden="true" />}
        disabled={lines.length >= MOST_LABELS}
        onClick={() => {
          change([...lines, emptyLine()]);
        }}
      >
        {text.files.labelAdd}
      </Button>
    </div>
  );
}

type LabelFieldsProps = {
  line: LabelLine;
  number: number;
  lines: readonly LabelLine[];
  onChange: (line: LabelLine) => void;
  onRemove: () => void;
};

function LabelFields({ line, number, lines, onChange, onRemove }: LabelFieldsProps) {
  const { text } = useLanguage();
  // An unfinished line is not scolded: a label without its value yet is on its way.
  const unfinished = line.value === '' && line.label !== '';
  const problem = problemOf(line, lines);
  const shown = problem === undefined || (problem === 'value' && unfinished) ? undefined : problem;
  const words = shown === undefined ? undefined : text.files.labelProblems[shown];
  return (
    <div className={styles.labelLine}>
      <TextInput
        placeholder={text.files.label}
        aria-label={text.files.labelNumber(number)}
        value={line.label}
        error={shown === 'value' ? undefined : words}
        onChange={(event) => {
          onChange({ ...line, label: event.currentTarget.value });
        }}
      />
      <TextInput
        placeholder={text.files.labelValue}
        aria-label={text.files.labelValueNumber(number)}
        value={line.value}
        error={shown === 'value' ? words : undefined}
        onChange={(event) => {
          onChange({ ...line, value: event.currentTarget.value });
        }}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={text.files.labelRemove(line.label || String(number))}
        onClick={onRemove}
      >
        <X size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  );
}
