/** How vectors get into a database and are asked for there, in two languages, for the videos at hand. */
export interface DatabaseSnippets {
  readonly name: string;
  readonly install: { readonly typescript: string; readonly python: string };
  typescript(videoIds: readonly string[]): string;
  python(videoIds: readonly string[]): string;
}

const listed = (ids: readonly string[], indent: string) =>
  ids.length === 0 ? '[]' : `[\n${ids.map((id) => `${indent}${JSON.stringify(id)},`).join('\n')}\n]`;

/** The two steps that every database shares around its own: connecting, storing one video's rows, and asking. */
export interface Steps {
  readonly imports: string;
  readonly connect: string;
  readonly store: string;
  readonly ask: string;
}

const indented = (code: string, by: string) => code.replace(/^(?=.)/gm, by);

/** A program in TypeScript on this project's API layer; `rows` and `vector` are what the steps work with. */
export const typescriptProgram = ({ imports, connect, store, ask }: Steps, ids: readonly string[]): string =>
  `import { createClient, segmentRowId } from '@mikshi/studio-client';
${imports}

const client = createClient({
  baseUrl: process.env.MIKSHI_BASE_URL,
  apiKey: process.env.MIKSHI_API_KEY,
});
${connect}

// 1. Ingest: one row per segment, with a stable id.
for (const videoId of ${listed(ids, '  ')}) {
  const { id, data } = await client.embeddings.video(videoId);
  const rows = await Promise.all(
    data.map(async ({ embedding, start, end }) => ({
      id: await segmentRowId(id, start ?? '', end ?? ''),
      vector: embedding,
      payload: { video_id: id, start: start ?? '', end: end ?? '' },
    })),
  );
${indented(store, '  ')}
}

// 2. Query.
const [query] = (await client.embeddings.text('a red car')).data;
const vector = query?.embedding ?? [];
${ask}
`;

/** The same in Python on the vendor's SDK; `rows` and `vector` as above. */
export const pythonProgram = ({ imports, connect, store, ask }: Steps, ids: readonly string[]): string =>
  `import os
import uuid

${imports}
from videosdk import Client

client = Client(
    api_key=os.environ["MIKSHI_API_KEY"],
    base_url=os.environ["MIKSHI_BASE_URL"],
)
${connect}


def row_id(resp, seg):
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{resp.id}|{seg.start}|{seg.end}"))


# 1. Ingest: one row per segment, with a stable id.
for video_id in ${listed(ids, '    ')}:
    resp = client.embeddings.video(video_id)
${indented(store, '    ')}

# 2. Query.
[query] = client.embeddings.text("a red car").data
vector = query.embedding
${ask}
`;
