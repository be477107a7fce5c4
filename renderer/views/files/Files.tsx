import { Title } from '@mantine/core';
import { useLanguage } from '../../text/useLanguage.tsx';

export function Files() {
  const { text } = useLanguage();
  return <Title order={1}>{text.files.title}</Title>;
}
