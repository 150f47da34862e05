import { Autocomplete } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { collectionsQuery } from '#shared/collections/collection-queries.ts';

interface CollectionFieldProps {
  readonly value: string | null;
  onChange(value: string | null): void;
}

/** The name of a collection, an existing one or one to be made. */
export function CollectionField({ value, onChange }: CollectionFieldProps) {
  const { data } = useInfiniteQuery(collectionsQuery());
  const names = [...new Set((data?.pages ?? []).flatMap((page) => page.data.map(({ name }) => name)))];
  const isNew = value !== null && !names.includes(value);
  return (
    <Autocomplete
      label="Add to a collection"
      placeholder="None"
      description={isNew ? 'Will be made' : 'Pick one, or type a new name'}
      inputWrapperOrder={['label', 'input', 'description']}
      data={names}
      value={value ?? ''}
      onChange={(text) => onChange(text.trim() === '' ? null : text)}
      leftSection={<IconStack2 size={16} stroke={1.6} />}
      limit={20}
      clearable
    />
  );
}
