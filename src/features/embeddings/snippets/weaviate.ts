import { type DatabaseSnippets, pythonProgram, type Steps, typescriptProgram } from './snippet.ts';

const TYPESCRIPT: Steps = {
  imports: `import weaviate, { dataType, vectors } from 'weaviate-client';`,
  connect: `const database = await weaviate.connectToLocal();
if (!(await database.collections.exists('VideoSegment'))) {
  await database.collections.create({
    name: 'VideoSegment',
    // The vectors are ours.
    vectorizers: vectors.selfProvided(),
    properties: ['video_id', 'start', 'end'].map((name) => ({ name, dataType: dataType.TEXT })),
  });
}
const collection = database.collections.use('VideoSegment');`,
  store: `await collection.data.insertMany(rows.map((row) => ({ id: row.id, vectors: row.vector, properties: row.payload })));`,
  ask: `const { objects } = await collection.query.nearVector(vector, { limit: 5, returnMetadata: ['distance'] });
for (const found of objects) console.log(found.metadata?.distance, found.properties.video_id, found.properties.start);
await database.close();`,
};

const PYTHON: Steps = {
  imports: `import weaviate
from weaviate.classes.config import Configure, DataType, Property
from weaviate.classes.query import MetadataQuery`,
  connect: `database = weaviate.connect_to_local()
if not database.collections.exists("VideoSegment"):
    database.collections.create(
        name="VideoSegment",
        vectorizer_config=Configure.Vectorizer.none(),  # the vectors are ours
        properties=[
            Property(name="video_id", data_type=DataType.TEXT),
            Property(name="start", data_type=DataType.TEXT),
            Property(name="end", data_type=DataType.TEXT),
        ],
    )
collection = database.collections.get("VideoSegment")`,
  store: `with collection.batch.dynamic() as batch:
    for seg in resp.data:
        batch.add_object(
            uuid=row_id(resp, seg),
            properties={"video_id": str(resp.id), "start": seg.start, "end": seg.end},
            vector=seg.embedding,
        )`,
  ask: `found = collection.query.near_vector(
    near_vector=vector,
    limit=5,
    return_metadata=MetadataQuery(distance=True),
)
for obj in found.objects:
    print(obj.metadata.distance, obj.properties["video_id"], obj.properties["start"])
database.close()`,
};

export const WEAVIATE: DatabaseSnippets = {
  name: 'Weaviate',
  install: { typescript: 'npm install weaviate-client', python: 'pip install weaviate-client' },
  typescript: (ids) => typescriptProgram(TYPESCRIPT, ids),
  python: (ids) => pythonProgram(PYTHON, ids),
};
