import { CloseButton, Text } from '@mantine/core';
import classes from './search-page.module.css';

/** What the results are to look like, beside the words in the box. */
export function LikenessChip({
  preview,
  isSegment,
  onDrop,
}: {
  preview: string | null;
  isSegment: boolean;
  onDrop(): void;
}) {
  const text = isSegment ? 'Looks like this segment' : 'Looks like this picture';
  return (
    <div className={classes.likeness}>
      {preview && (
        <img
          className={classes.preview}
          src={preview}
          alt={isSegment ? 'The segment that results look like' : 'The picture that results look like'}
        />
      )}
      <Text size="sm">{text}</Text>
      <CloseButton
        size="sm"
        aria-label={isSegment ? 'Search without this segment' : 'Search without this picture'}
        onClick={onDrop}
      />
    </div>
  );
}
