import { type DatabaseSnippets, pythonProgram, type Steps, typescriptProgram } from './snippet.ts';

const TYPESCRIPT: Steps = {
  imports: `import { ChromaClient } from 'chromadb';`,
  connect: `const chroma = new ChromaClient({ host: 'localhost', port: 8000 });
const collection = await chroma.getOrCreateCollection({
  name: 'video-segments',
  configuration: { hnsw: { space: 'cosine' } },
  embeddingFunction: null,
});`,
  store: `await collection.upsert({
  ids: rows.map((row) => row.id),
  embeddings: rows.map((row) => row.vector),
  metadatas: rows.map((row) => row.payload),
});`,
  ask: `const found = await collection.query({ queryEmbeddings: [vector], nResults: 5 });
for (const [row] of found.rows()) if (row) console.log(row.distance, row.metadata?.video_id, row.metadata?.start);`,
};

const PYTHON: Steps = {
  imports: 'import chromadb',
  connect: `chroma = chromadb.PersistentClient(path="./chroma-db")
collection = chroma.get_or_create_collection(name="video-segments", metadata={"hnsw:space": "cosine"})`,
  store: `collection.upsert(
    ids=[row_id(resp, seg) for seg in resp.data],
    embeddings=[seg.embedding for seg in resp.data],
    metadatas=[{"video_id": str(resp.id), "start": seg.start, "end": seg.end} for seg in resp.data],
)`,
  ask: `found = collection.query(query_embeddings=[vector], n_results=5)
for distance, meta in zip(found["distances"][0], found["metadatas"][0]):
    print(distance, meta["video_id"], meta["start"])`,
};

export const CHROMA: DatabaseSnippets = {
  name: 'Chroma',
  install: { typescript: 'npm install chromadb', python: 'pip install chromadb' },
  typescript: (ids) => typescriptProgram(TYPESCRIPT, ids),
  python: (ids) => pythonProgram(PYTHON, ids),
};
