import { Title } from '@mantine/core';
import { useLanguage } from '../../text/useLanguage.tsx';

export function Keys() {
  const { text } = useLanguage();
  return <Title order={1}>{text.keys.title}</Title>;
}
