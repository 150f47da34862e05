import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { embeddingRows, toCsv, toJsonl, toParquet } from './vector-files.ts';

const VIDEO = 'a249266f-052d-4148-bc2f-3efa76dc4269';
const rows = await embeddingRows(
  [
    {
      id: VIDEO,
      status: 'completed',
      data: [
        {
          start: '00:00:00',
          end: '00:00:04',
          start_ms: 0,
          end_ms: 4040,
          embedding_scope: 'clip',
          embedding: [0.5, -0.25, 0.125],
        },
        { start: '00:00:04', end: '00:00:08', embedding_scope: 'clip', embedding: [0, 1, 0] },
      ],
    },
  ],
  () => '=A "name", with signs',
);

test('ids are those of the SDK document’s snippets', () => {
  // Python: uuid.uuid5(uuid.NAMESPACE_URL, '<video>|00:00:00|00:00:04')
  expect(rows[0]?.id).toBe('e939924c-47c4-538b-82dc-7888b9e2b45f');
  expect(rows[0]?.id).not.toBe(rows[1]?.id);
});

test('JSONL holds the rows as they are', async () => {
  const lines = (await toJsonl(rows).text()).trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
});

test('CSV has a column a dimension, and no formula', async () => {
  const [header, first] = (await toCsv(rows).text()).split('\r\n');
  expect(header).toBe('id,video_id,video,start,end,embedding_scope,embedding_option,start_ms,end_ms,e0,e1,e2');
  expect(first).toBe(
    `${rows[0]?.id},${VIDEO},"'=A ""name"", with signs",00:00:00,00:00:04,clip,,0,4040,0.5,-0.25,0.125`,
  );
});

test('Parquet is read back by another library, vectors as lists of 32-bit floats', async () => {
  const file = await (await toParquet(rows)).arrayBuffer();
  expect(await parquetReadObjects({ file })).toEqual(rows);
  expect(parquetMetadata(file).schema.at(-1)).toMatchObject({ name: 'element', type: 'FLOAT' });
});

test('no rows are files, too', async () => {
  expect((await toParquet([])).size).toBeGreaterThan(0);
  expect(await toJsonl([]).text()).toBe('');
});
