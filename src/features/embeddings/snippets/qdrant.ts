import { type DatabaseSnippets, pythonProgram, type Steps, typescriptProgram } from './snippet.ts';

const TYPESCRIPT: Steps = {
  imports: `import { QdrantClient } from '@qdrant/js-client-rest';`,
  connect: `const qdrant = new QdrantClient({ url: process.env.QDRANT_URL, apiKey: process.env.QDRANT_API_KEY });
if (!(await qdrant.collectionExists('video-segments')).exists) {
  await qdrant.createCollection('video-segments', { vectors: { size: 1024, distance: 'Cosine' } });
}`,
  store: `await qdrant.upsert('video-segments', { wait: true, points: rows });`,
  ask: `const { points } = await qdrant.query('video-segments', { query: vector, limit: 5, with_payload: true });
for (const point of points) console.log(point.score, point.payload?.video_id, point.payload?.start);`,
};

const PYTHON: Steps = {
  imports: `from qdrant_client import QdrantClient
from qdrant_client.models import Distance, PointStruct, VectorParams`,
  connect: `qdrant = QdrantClient(url=os.environ["QDRANT_URL"], api_key=os.environ.get("QDRANT_API_KEY"))
if not qdrant.collection_exists("video-segments"):
    qdrant.create_collection(
        collection_name="video-segments",
        vectors_config=VectorParams(size=1024, distance=Distance.COSINE),
    )`,
  store: `qdrant.upsert(
    collection_name="video-segments",
    points=[
        PointStruct(
            id=row_id(resp, seg),
            vector=seg.embedding,
            payload={"video_id": str(resp.id), "start": seg.start, "end": seg.end},
        )
        for seg in resp.data
    ],
)`,
  ask: `found = qdrant.query_points(collection_name="video-segments", query=vector, limit=5, with_payload=True)
for point in found.points:
    print(point.score, point.payload["video_id"], point.payload["start"])`,
};

export const QDRANT: DatabaseSnippets = {
  name: 'Qdrant',
  install: { typescript: 'npm install @qdrant/js-client-rest', python: 'pip install qdrant-client' },
  typescript: (ids) => typescriptProgram(TYPESCRIPT, ids),
  python: (ids) => pythonProgram(PYTHON, ids),
};
