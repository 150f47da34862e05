import { type DatabaseSnippets, pythonProgram, type Steps, typescriptProgram } from './snippet.ts';

const TYPESCRIPT: Steps = {
  imports: `import { Pinecone } from '@pinecone-database/pinecone';`,
  connect: `const pinecone = new Pinecone({ apiKey: process.env.PINECONE_API_KEY ?? '' });
const known = (await pinecone.listIndexes()).indexes ?? [];
if (!known.some(({ name }) => name === 'video-segments')) {
  await pinecone.createIndex({
    name: 'video-segments',
    dimension: 1024,
    metric: 'cosine',
    spec: { serverless: { cloud: 'aws', region: 'us-east-1' } },
    waitUntilReady: true,
  });
}
const index = pinecone.index({ name: 'video-segments' });`,
  store: `await index.upsert({ records: rows.map((row) => ({ id: row.id, values: row.vector, metadata: row.payload })) });`,
  ask: `const { matches } = await index.query({ vector, topK: 5, includeMetadata: true });
for (const match of matches) console.log(match.score, match.metadata?.video_id, match.metadata?.start);`,
};

const PYTHON: Steps = {
  imports: 'from pinecone import Pinecone, ServerlessSpec',
  connect: `pc = Pinecone(api_key=os.environ["PINECONE_API_KEY"])
if not pc.has_index("video-segments"):
    pc.create_index(
        name="video-segments",
        dimension=1024,
        metric="cosine",
        spec=ServerlessSpec(cloud="aws", region="us-east-1"),
    )
index = pc.Index("video-segments")`,
  store: `index.upsert(
    vectors=[
        (
            row_id(resp, seg),
            seg.embedding,
            {"video_id": str(resp.id), "start": seg.start, "end": seg.end},
        )
        for seg in resp.data
    ]
)`,
  ask: `found = index.query(vector=vector, top_k=5, include_metadata=True)
for match in found.matches:
    print(match.score, match.metadata["video_id"], match.metadata["start"])`,
};

export const PINECONE: DatabaseSnippets = {
  name: 'Pinecone',
  install: { typescript: 'npm install @pinecone-database/pinecone', python: 'pip install pinecone' },
  typescript: (ids) => typescriptProgram(TYPESCRIPT, ids),
  python: (ids) => pythonProgram(PYTHON, ids),
};
