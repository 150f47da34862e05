import { type Client, segmentRowId } from '@mikshi/studio-client';

/** A segment as a row of a vector database. Its id is the same every time, so pushing twice changes nothing. */
export interface Row {
  readonly id: string;
  readonly vector: number[];
  readonly payload: { video_id: string; start: string; end: string };
}

export async function toRows(client: Client, videoId: string): Promise<Row[]> {
  const { id, data } = await client.embeddings.video(videoId);
  return Promise.all(
    data.map(async ({ embedding, start, end }) => ({
      id: await segmentRowId(id, start ?? '', end ?? ''),
      vector: embedding,
      payload: { video_id: id, start: start ?? '', end: end ?? '' },
    })),
  );
}

/** The vector to query a database with. */
export async function queryVector(client: Client, text: string): Promise<number[]> {
  const [vector] = (await client.embeddings.text(text)).data;
  if (!vector) throw new Error('The platform gave no vector.');
  return vector.embedding;
}
