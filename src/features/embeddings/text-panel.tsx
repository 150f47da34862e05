import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { VideoEmbeddingsResponse } from '#api/contracts/embeddings.ts';
import { getErrorMessage } from '#api/errors.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import { plural } from '#lib/format.ts';
import { nearestRows, textEmbeddingQuery, type VideoVectors } from '#shared/embeddings/vectors.ts';
import { CopyButton } from '#ui/copy.tsx';
import { useUrlParameter } from '#ui/url-state.ts';
import classes from './embeddings.module.css';
import { TEXT } from './embeddings-url.ts';
import { SegmentHits } from './segment-hits.tsx';

const NEAREST_COUNT = 10;

interface NearestListProps {
  readonly vector: readonly number[];
  readonly fetched: readonly VideoEmbeddingsResponse[];
}

/** The segments whose vectors are nearest to one, by exact comparison. */
function NearestList({ vector, fetched }: NearestListProps) {
  const nearest = useMemo(() => {
    const segments = fetched.flatMap(({ id, data }) =>
      data.map((segment) => ({ id, ...readSegmentTimes(segment), embedding: segment.embedding })),
    );
    const rows = Float32Array.from(segments.flatMap(({ embedding }) => embedding));
    return nearestRows({ dimensions: vector.length, rows }, vector, NEAREST_COUNT).flatMap(({ index, cosine }) => {
      const segment = segments[index];
      return segment ? { ...segment, cosine } : [];
    });
  }, [vector, fetched]);
  return <SegmentHits segments={nearest} label="Nearest segments" />;
}

const SHOWN_NUMBERS = 8;

interface TextPanelProps {
  readonly vectors: VideoVectors;
}

/** Embed text of the same space, and the segments nearest to it. */
export function TextPanel({ vectors }: TextPanelProps) {
  const [text, setText] = useUrlParameter(TEXT);
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState<string | null>(null);
  // A link that names a text does not spend a credit by being opened.
  const { data, error, isFetching } = useQuery({
    ...textEmbeddingQuery(text),
    enabled: text !== '' && asked === text,
  });
  const vector = data?.data[0]?.embedding;
  return (
    <section className={classes.panel} aria-label="Text to vector">
      <h2>Embed text</h2>
      <form
        className={classes.text}
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
          setText(typed.trim());
        }}
      >
        <TextInput
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder="Describe a scene"
          aria-label="Text to embed"
          maxLength={4096}
          error={error ? getErrorMessage(error) : null}
        />
        <Button
          type="submit"
          loading={isFetching}
          disabled={typed.trim() === '' || (!!vector && typed.trim() === text)}
        >
          Embed (1 credit)
        </Button>
      </form>
      {vector && (
        <>
          <code className={classes.numbers}>
            [
            {vector
              .slice(0, SHOWN_NUMBERS)
              .map((value) => value.toFixed(4))
              .join(', ')}
            , …]
          </code>
          <Group justify="space-between">
            <Text size="sm" c="var(--studio-quiet)">
              {plural(vector.length, 'dimension')}, length {Math.hypot(...vector).toFixed(3)}
            </Text>
            <CopyButton value={JSON.stringify(vector)}>
              {({ copied, copy }) => (
                <Button size="compact-sm" variant="default" onClick={copy}>
                  {copied ? 'Copied' : 'Copy as JSON'}
                </Button>
              )}
            </CopyButton>
          </Group>
          <h2>Nearest segments</h2>
          {vectors.cost > 0 && (
            <Button variant="default" onClick={vectors.fetch} loading={vectors.isFetching}>
              Compare with {plural(vectors.cost, 'video')} ({plural(vectors.cost, 'credit')})
            </Button>
          )}
          {vectors.error && (
            <Text size="sm" c="var(--studio-bad)" role="alert">
              {getErrorMessage(vectors.error)}
            </Text>
          )}
          <NearestList vector={vector} fetched={vectors.fetched} />
        </>
      )}
    </section>
  );
}
