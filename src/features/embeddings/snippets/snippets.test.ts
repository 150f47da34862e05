import { transformWithOxc } from 'vite';
import { expect, test } from 'vitest';
import { CHROMA } from './chroma.ts';
import { PGVECTOR } from './pgvector.ts';
import { PINECONE } from './pinecone.ts';
import { QDRANT } from './qdrant.ts';
import { WEAVIATE } from './weaviate.ts';

const IDS = ['a249266f-052d-4148-bc2f-3efa76dc4269', '0b0ab601-0c0a-5987-8a62-346def5b15cc'];

test.each([CHROMA, PGVECTOR, PINECONE, QDRANT, WEAVIATE].map((database) => [database.name, database] as const))(
  '%s: programs that parse, with the videos at hand and ids that stay',
  async (_, { typescript, python }) => {
    const { code } = await transformWithOxc(typescript(IDS), 'snippet.ts');
    for (const id of IDS) {
      expect(code).toContain(`"${id}"`);
      expect(python(IDS)).toContain(`"${id}",`);
    }
    expect(code).toContain('segmentRowId(id, start ?? "", end ?? "")');
    expect(python(IDS)).toContain('uuid.uuid5(uuid.NAMESPACE_URL, f"{resp.id}|{seg.start}|{seg.end}")');
    // What belongs into the loop is within it.
    expect(python(IDS)).toMatch(/\n {4}resp = client\.embeddings\.video\(video_id\)\n {4}\S/);
  },
);

test('without videos they are programs all the same', async () => {
  await expect(transformWithOxc(QDRANT.typescript([]), 'snippet.ts')).resolves.toBeDefined();
  expect(QDRANT.python([])).toContain('for video_id in []:');
});
