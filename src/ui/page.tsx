import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page's name, and its main actions. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" mb="md" gap="sm" mih={36}>
      <Title order={1} size="h3">
        {title}
      </Title>
      <Group gap="xs" miw={0} maw="100%">
        {children}
      </Group>
    </Group>
  );
}

/** Says what is not there, and offers the next step. */
export function EmptyState({
  title,
  text,
  icon,
  children,
}: {
  title: string;
  text: string;
  icon?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <Stack align="center" justify="center" gap="sm" py={96} px="md" ta="center">
      {icon}
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text c="var(--studio-quiet)" maw={420} mb="xs">
        {text}
      </Text>
      {children}
    </Stack>
  );
}
