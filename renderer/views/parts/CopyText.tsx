import { Button, CopyButton } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useLanguage } from '../../text/useLanguage.tsx';

/** Copies a text, and says so. */
export function CopyText({ value }: { value: string }) {
  const { text } = useLanguage();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="compact-sm"
          onClick={copy}
          leftSection={
            copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />
          }
        >
          {copied ? text.common.copied : text.common.copy}
        </Button>
      )}
    </CopyButton>
  );
}
