import { Badge, Button, Group, Progress, Text } from '@mantine/core';
import type { IndexStatus, Model, ModelRole, ModelList as Models } from '#api/contracts/models.ts';
import { formatBytes } from '#lib/format.ts';
import { isDownloading } from '#shared/platform/model-list.ts';
import { confirm } from '#ui/open-dialog.ts';
import { showFailure } from '#ui/show-failure.ts';
import { useModelChanges } from './model-queries.ts';
import classes from './models.module.css';

const ROLES: readonly (readonly [ModelRole, title: string])[] = [
  ['visual', 'Find what is seen'],
  ['speech', 'Recognize speech'],
  ['text', 'Read text in the picture'],
];

/** Every model by what it is for. */
export function ModelList({ list, index }: { list: Models; index: IndexStatus }) {
  return ROLES.map(([role, title]) => (
    <section key={role} className={classes.panel} aria-label={title}>
      <h2>{title}</h2>
      {role === 'speech' && <Text size="sm">{list.speech.has_service ? SERVICE_NOTE : SPEECH_NOTE}</Text>}
      <ul className={classes.models}>
        {list.models
          .filter((model) => model.role === role)
          .map((model) => (
            <ModelRow key={model.id} model={model} index={index} list={list} />
          ))}
      </ul>
    </section>
  ));
}

const SERVICE_NOTE =
  'The service that TRANSCRIBE_BASE_URL names recognizes speech. Remove it from the environment to use a model instead.';
const SPEECH_NOTE =
  'A model that is in use recognizes speech in new videos without subtitles. For a video that you already have, open its transcript and choose “Recognize speech”.';

function getState({ state, bytes, total_bytes: total }: Model, isServing: boolean): string {
  switch (state) {
    case 'built_in':
      return 'Built in';
    case 'in_use':
      return isServing ? 'In use' : 'In the other index';
    case 'ready':
      return `Ready · ${formatBytes(bytes)}`;
    case 'waiting':
      return 'Waiting for another download';
    case 'downloading':
      return total === null ? 'Downloading…' : `${formatBytes(bytes)} of ${formatBytes(total)}`;
    case 'failed':
      return 'Download failed';
    case 'not_downloaded':
      return bytes > 0 ? `Not downloaded · ${formatBytes(bytes)} kept` : 'Not downloaded';
  }
}

interface ModelRowProps {
  readonly model: Model;
  readonly index: IndexStatus;
  readonly list: Models;
}

function ModelRow({ model, index, list }: ModelRowProps) {
  const isServing = model.index_name === index.model || (model.role !== 'visual' && model.state === 'in_use');
  return (
    <li className={classes.model}>
      <div>
        <Group gap={8}>
          <Text size="sm" fw={600}>
            {model.name}
          </Text>
          <Badge variant={isServing ? 'filled' : 'default'} radius="sm" tt="none" fw={500}>
            {getState(model, isServing)}
          </Badge>
        </Group>
        <Text size="sm">{model.note}</Text>
        <Text size="xs" c="var(--studio-quiet)" className={classes.source}>
          {model.source === null ? 'Part of the studio' : model.source} · {model.license}
        </Text>
        {model.state === 'downloading' && model.total_bytes !== null && (
          <Progress mt={6} value={(100 * model.bytes) / model.total_bytes} aria-label={`Downloading ${model.name}`} />
        )}
        {model.error !== null && (
          <Text size="sm" c="var(--studio-bad)" role="alert">
            {model.error}
          </Text>
        )}
      </div>
      {model.role === 'visual' && list.can_change && (
        <ModelActions model={model} canUse={!isServing && index.next?.model !== model.index_name} />
      )}
      {model.role === 'speech' && list.speech.can_change && (
        <ModelActions model={model} canUse={!isServing && !list.speech.has_service} />
      )}
    </li>
  );
}

function ModelActions({ model, canUse }: { model: Model; canUse: boolean }) {
  const { download, remove, use, recognizeWith } = useModelChanges();
  const isThere = model.state === 'ready' || model.state === 'built_in' || model.state === 'in_use';
  const onRemoveError = showFailure('The model could not be removed');
  const confirmRemove = () =>
    void confirm({
      title: `Remove ${model.name}?`,
      children: <Text size="sm">It can be downloaded again.</Text>,
      labels: { confirm: 'Remove', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(model.id, { onError: onRemoveError }),
    });
  return (
    <Group gap="xs">
      {isDownloading(model) && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Cancel the download of ${model.name}`}
          onClick={() => remove.mutate(model.id, { onError: onRemoveError })}
        >
          Cancel
        </Button>
      )}
      {!isThere && !isDownloading(model) && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Download ${model.name}`}
          loading={download.isPending}
          onClick={() => download.mutate(model.id, { onError: showFailure('The model could not be downloaded') })}
        >
          {model.state === 'failed' ? 'Retry' : 'Download'}
        </Button>
      )}
      {isThere && canUse && (
        <Button
          size="xs"
          aria-label={`Use ${model.name}`}
          loading={use.isPending || recognizeWith.isPending}
          onClick={() =>
            model.role === 'speech'
              ? recognizeWith.mutate(model.index_name, { onError: showFailure('The model cannot be used') })
              : use.mutate(model.index_name, { onError: showFailure('Indexing could not be started') })
          }
        >
          Use
        </Button>
      )}
      {model.role === 'speech' && model.state === 'in_use' && (
        <Button
          size="xs"
          variant="default"
          aria-label={`Stop using ${model.name}`}
          loading={recognizeWith.isPending}
          onClick={() => recognizeWith.mutate(null, { onError: showFailure('The model could not be changed') })}
        >
          Stop using
        </Button>
      )}
      {model.state === 'ready' && (
        <Button size="xs" variant="subtle" color="red" aria-label={`Remove ${model.name}`} onClick={confirmRemove}>
          Remove
        </Button>
      )}
    </Group>
  );
}
