import { Button, Group, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import type { VideoVectors } from '#shared/embeddings/vectors.ts';
import { saveBlob, toFileName } from '#ui/save-file.ts';
import classes from './embeddings.module.css';
import { embeddingRows, type VectorFormat, vectorFile } from './vector-files.ts';

const FORMATS: readonly (readonly [VectorFormat, string])[] = [
  ['jsonl', 'JSONL'],
  ['csv', 'CSV'],
  ['parquet', 'Parquet'],
];

interface VectorsPanelProps {
  readonly ids: readonly string[];
  readonly vectors: VideoVectors;
  getName(videoId: string): string;
}

/** The vectors of the videos in scope: what they cost, what they are, and as files. */
export function VectorsPanel({ ids, vectors, getName }: VectorsPanelProps) {
  const { fetched, cost } = vectors;
  const download = useMutation({
    mutationFn: async (format: VectorFormat) => {
      const rows = await embeddingRows(await vectors.fetchAll(), getName);
      const [only] = ids;
      const title = ids.length === 1 && only ? getName(only) : 'embeddings';
      saveBlob(toFileName(title, format), await vectorFile(format, rows));
    },
  });
  const segments = fetched.reduce((sum, { data }) => sum + data.length, 0);
  const dimensions = fetched[0]?.data[0]?.embedding.length;
  const known = new Map(fetched.map(({ id, data }) => [id, data.length]));
  const credits = cost > 0 ? ` (${plural(cost, 'credit')})` : '';
  return (
    <section className={classes.panel} aria-label="Vectors">
      <h2>Vectors of {plural(ids.length, 'video')}</h2>
      <Text size="sm" c="var(--studio-quiet)">
        One unit-length vector per segment with start and end times. 1 credit per video; cached for this session.
        {dimensions !== undefined && ` ${plural(segments, 'vector')} with ${dimensions} dimensions fetched.`}
      </Text>
      <Group gap={8}>
        {FORMATS.map(([format, label]) => (
          <Button
            key={format}
            variant="default"
            leftSection={<IconDownload size={16} />}
            loading={download.isPending && download.variables === format}
            disabled={ids.length === 0 || download.isPending}
            onClick={() => download.mutate(format)}
          >
            {label}
            {credits}
          </Button>
        ))}
      </Group>
      {download.error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(download.error)}
        </Text>
      )}
      <div className={classes.videos}>
        <Table aria-label="Videos">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Video</Table.Th>
              <Table.Th>Vectors</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ids.map((id) => (
              <Table.Tr key={id}>
                <Table.Td>{getName(id)}</Table.Td>
                <Table.Td>
                  {known.get(id) ?? (
                    <Text span size="xs" c="var(--studio-quiet)">
                      Not fetched
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
