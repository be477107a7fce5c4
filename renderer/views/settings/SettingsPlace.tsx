import { Title } from '@mantine/core';
import { useLanguage } from '../../text/useLanguage.tsx';

export function SettingsPlace() {
  const { text } = useLanguage();
  return <Title order={1}>{text.settings.title}</Title>;
}
