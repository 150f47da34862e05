import { Button, Group, TextInput } from '@mantine/core';
import { IconBrandYoutube } from '@tabler/icons-react';
import { useState } from 'react';
import { getErrorMessage } from '#api/errors.ts';
import { useImportYoutube } from '#shared/uploads/upload-queries.ts';
import { useUploads } from '#shared/uploads/uploads-store.ts';

/** Has the platform fetch a video from YouTube. */
export function YoutubeForm() {
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const addImport = useUploads((state) => state.addImport);
  const { mutate, isPending, error, reset } = useImportYoutube();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const address = url.trim();
    if (!address) return;
    mutate(
      { url: address, name: name.trim() || undefined },
      {
        onSuccess: (video) => {
          addImport(address, video.name, video.video_id);
          setUrl('');
          setName('');
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          value={url}
          onChange={(event) => {
            setUrl(event.currentTarget.value);
            if (error) reset();
          }}
          placeholder="Paste a YouTube URL"
          aria-label="YouTube URL"
          leftSection={<IconBrandYoutube size={17} stroke={1.6} />}
          error={error ? getErrorMessage(error) : undefined}
          inputMode="url"
        />
        {url.trim() !== '' && (
          <TextInput
            flex={1}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            placeholder="Name (optional)"
            aria-label="Name of the video"
            maxLength={255}
          />
        )}
        <Button type="submit" variant="default" loading={isPending} disabled={url.trim() === ''}>
          Import
        </Button>
      </Group>
    </form>
  );
}
