import { Button, Group, Text } from '@mantine/core';
import { useCallback, useSyncExternalStore } from 'react';
import { plural } from '#lib/format.ts';
import { getLibraryChanges, hasScopeChanged, type ScopeChanges } from '#shared/videos/library-changes.ts';
import type { SearchScope } from './scope.ts';

function describe({ added, updated, isMembershipChanged }: ScopeChanges): string {
  const parts = [
    added > 0 ? plural(added, 'new video') : '',
    updated > 0 ? plural(updated, 'updated video') : '',
    isMembershipChanged ? 'changed collections' : '',
  ];
  const sentence = parts.filter(Boolean).join(', ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

interface ChangesNoticeProps {
  readonly scope: SearchScope;
  /** Milliseconds since 1970: when what is shown was fetched. */
  readonly since: number;
  /** Ends the sentence, as in "3 new videos since this search". */
  readonly ending?: string;
  readonly action: string;
  readonly isPending: boolean;
  onAction(): void;
}

/** Says, without getting in the way, that the videos of a scope have changed since something was fetched. */
export function ChangesNotice({ scope, since, ending = '', action, isPending, onAction }: ChangesNoticeProps) {
  const changes = getLibraryChanges();
  const subscribe = useCallback((listener: () => void) => changes.subscribe(listener), [changes]);
  // As text, so that it changes only when there is something new to say.
  const sentence = useSyncExternalStore(subscribe, () => {
    const found = changes.since(scope, since);
    return hasScopeChanged(found) ? describe(found) : '';
  });
  if (sentence === '') return null;
  return (
    <Group gap={6} role="status" mb={4}>
      <Text size="xs" c="var(--studio-quiet)">
        {sentence}
        {ending}:
      </Text>
      <Button size="compact-xs" variant="subtle" loading={isPending} onClick={onAction}>
        {action}
      </Button>
    </Group>
  );
}
