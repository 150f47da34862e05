import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from 'react-router';
import type { Collection } from '#api/contracts/collections.ts';
import { BadRequestError, ConflictError, getErrorMessage } from '#api/errors.ts';
import { createId } from '#lib/create-id.ts';
import { plural } from '#lib/format.ts';
import { useAddVideosToCollection, useGetOrCreateCollection } from '#shared/collections/collection-queries.ts';
import { showFailure } from '#ui/show-failure.ts';
import { useProcessVideo } from './video-queries.ts';

type Target = Pick<Collection, 'collection_id' | 'name'>;

/** Puts videos into collections and says how it went, with the fix of what did not within reach. */
export function useAddVideos() {
  const navigate = useNavigate();
  const { mutateAsync: add } = useAddVideosToCollection();
  const { mutateAsync: getOrCreate } = useGetOrCreateCollection();
  const { mutate: process } = useProcessVideo();

  const notify = (target: Target, outcomes: readonly { videoId: string; error: unknown }[]) => {
    const added = outcomes.filter(({ error }) => error === null).length;
    const known = outcomes.filter(({ error }) => error instanceof ConflictError).length;
    const unready = outcomes.filter(({ error }) => error instanceof BadRequestError).map(({ videoId }) => videoId);
    const other = outcomes.find(
      ({ error }) => error !== null && !(error instanceof ConflictError) && !(error instanceof BadRequestError),
    );
    const id = createId();
    const act = (work: () => void) => () => {
      notifications.hide(id);
      work();
    };
    const sentence = [
      added > 0 ? `${plural(added, 'video')} added to “${target.name}”.` : '',
      known > 0 ? `${plural(known, 'video')} ${known === 1 ? 'was' : 'were'} in it already.` : '',
      unready.length > 0 ? `${plural(unready.length, 'video')} cannot be added yet: not processed.` : '',
      other ? getErrorMessage(other.error) : '',
    ];
    notifications.show({
      id,
      color: other || (added === 0 && unready.length > 0) ? 'red' : undefined,
      autoClose: unready.length > 0 ? 12_000 : 5_000,
      message: (
        <Group justify="space-between" gap="xs">
          <Text size="sm">{sentence.filter(Boolean).join(' ')}</Text>
          {unready.length > 0 && (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={act(() => {
                for (const videoId of unready)
                  process(videoId, { onError: showFailure('Processing could not be started') });
              })}
            >
              Process {unready.length === 1 ? 'it' : 'them'}
            </Button>
          )}
          {added > 0 && (
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={act(() => void navigate(`/collections/${target.collection_id}`))}
            >
              Open
            </Button>
          )}
        </Group>
      ),
    });
  };

  const addTo = async (target: Target, videoIds: readonly string[]) =>
    notify(target, await add({ id: target.collection_id, videoIds }));
  const addToNew = async (name: string, videoIds: readonly string[]) => {
    try {
      await addTo(await getOrCreate(name), videoIds);
    } catch (error) {
      showFailure('The collection could not be created')(error);
    }
  };
  return { addTo, addToNew };
}
