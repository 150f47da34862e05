import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import classes from './map-page.module.css';
import type { MapColoring } from './use-coloring.ts';
import type { MapVectorsState } from './use-vectors.ts';

/** Colors the map by how close each segment is to a text, and says what that costs. */
export function SimilarityBox({ coloring, vectors }: { coloring: MapColoring; vectors: MapVectorsState }) {
  const [text, setText] = useState(coloring.text);
  const cost = vectors.cost + 1;
  const error = coloring.error ?? vectors.error;
  return (
    <form
      className={classes.similarity}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) coloring.measureTo(text.trim());
      }}
    >
      <TextInput
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        placeholder="Compare with…"
        aria-label="Color by similarity to"
        maxLength={4096}
        error={error ? getErrorMessage(error) : null}
      />
      <Button
        type="submit"
        variant="default"
        loading={coloring.isMeasuring || vectors.isFetching}
        disabled={text.trim() === ''}
      >
        Color ({plural(cost, 'credit')})
      </Button>
    </form>
  );
}
