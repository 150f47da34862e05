"""The document's examples and recipes on videos, collections, chat, search and embeddings. Usage: recipes.py VIDEO_ID"""

import os
import sys
import time
import uuid
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

from videosdk import (
    AskDoneEvent,
    AskTokenEvent,
    BadRequestError,
    Client,
    ConflictError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    UnprocessableEntityError,
)

client = Client(api_key=os.environ["MIKSHI_API_KEY"], base_url=os.environ["MIKSHI_BASE_URL"])
VIDEO_ID = sys.argv[1]


def check(name, fact):
    print(name, "ok" if fact else "WRONG")


def refused(error, call):
    try:
        call()
    except error:
        return True
    return False


# Videos.
videos = client.videos.list(status="processed", limit=50, sort_order="asc")
check("videos.list", any(v.video_id == VIDEO_ID for v in videos))
details = client.videos.get(VIDEO_ID)
check("videos.get", details.name == "My Clip" and details.video_metadata["duration"] > 0)
check("videos.get of an unknown one", refused(PermissionDeniedError, lambda: client.videos.get(str(uuid.uuid4()))))


def backfill_pipelines():
    pending = [
        v
        for v in client.videos.list(limit=500)
        if v.transcoding_status == "completed" and (v.analyse_status != "done" or v.search_process_status != "done")
    ]

    def kick_off(v):
        if v.analyse_status != "done":
            client.videos.initiate_analyse(v.video_id)
        if v.search_process_status != "done":
            client.videos.initiate_search_process(v.video_id)

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(kick_off, pending))
    return [v.video_id for v in pending]


check("backfill leaves processed videos alone", VIDEO_ID not in backfill_pipelines())


def recent_videos(limit_per_call=100):
    week_ago = datetime.now(tz=timezone.utc) - timedelta(days=7)
    skip = 0
    while True:
        batch = client.videos.list(
            start_time=week_ago, sort_by="created_at", sort_order="desc", skip=skip, limit=limit_per_call
        )
        if not batch:
            return
        yield from batch
        if len(batch) < limit_per_call:
            return
        skip += limit_per_call


check("videos in a date range", VIDEO_ID in [v.video_id for v in recent_videos(limit_per_call=1)])


# Collections.
def with_retries(call, *, retries=5):
    for attempt in range(retries):
        try:
            return call()
        except RateLimitError as e:
            time.sleep(e.retry_after or (2**attempt))
    raise RuntimeError("retries exhausted")


def get_or_create_collection(name):
    try:
        return with_retries(lambda: client.collections.create(name=name))
    except ConflictError:
        for c in client.collections.list(page=1, page_size=100).data:
            if c.name == name:
                return c
        raise


coll = get_or_create_collection("Warehouse - April")
check("create twice", get_or_create_collection("Warehouse - April").collection_id == coll.collection_id)
check("parent", coll.parent_type == "user" and uuid.UUID(coll.parent_id))
client.collections.update(coll.collection_id, description="All of April")
check("update of nothing", refused(BadRequestError, lambda: client.collections.update(coll.collection_id)))
client.collections.add_video(coll.collection_id, VIDEO_ID)
check("add twice", refused(ConflictError, lambda: client.collections.add_video(coll.collection_id, VIDEO_ID)))
members = client.collections.list_videos(coll.collection_id, page=1, page_size=10, sort_by="created_at")
check("list_videos", members.total == 1 and members.data[0].video_id == VIDEO_ID)


def all_collections(page_size=100):
    page, yielded = 1, 0
    while True:
        result = client.collections.list(page=page, page_size=page_size)
        if not result.data:
            return
        for c in result.data:
            yield c
            yielded += 1
        if yielded >= result.total:
            return
        page += 1


client.collections.create(name="Another one")
check("every collection", {"Warehouse - April", "Another one"} <= {c.name for c in all_collections(page_size=1)})

# Chat.
history = []


def turn(question):
    result = client.chat.ask(question, video_id=VIDEO_ID, history=history)
    history.append({"role": "user", "content": question})
    history.append({"role": "assistant", "content": result.answer})
    return result.answer


turn("Describe what happens in this video.")
turn("How many people are involved?")
check("multi-turn", "Describe what happens in this video." in turn("What was my first question?"))
check("top_k", client.chat.ask("Walk me through every event in order.", video_id=VIDEO_ID, top_k=20).answer)
events = list(client.chat.ask_stream("How many people are involved?", video_id=VIDEO_ID))
tokens = "".join(e.content for e in events if isinstance(e, AskTokenEvent))
check("stream", isinstance(events[-1], AskDoneEvent) and events[-1].answer == tokens)

# Search and visualization.
hits = client.search.search("package being dropped", collection_id=coll.collection_id, top_k=10)
check("search a collection", hits and hits[0].rank == 1 and hits[0].video_id == VIDEO_ID)
check("search nowhere", refused(UnprocessableEntityError, lambda: client.search.search("anything")))


def grouped_visualization(collection_id):
    viz = client.search.visualize(collection_id=collection_id)
    by_video = defaultdict(list)
    for point in viz.points:
        by_video[str(point.video_id)].append(point)
    return viz, by_video


viz, by_video = grouped_visualization(coll.collection_id)
check("visualize", viz.videos[VIDEO_ID]["color"].startswith("hsl(") and len(by_video[VIDEO_ID]) >= 2)
check("points", all(0 <= p.x <= 1 and 0 <= p.y <= 1 for p in viz.points))

# Embeddings, with the ids that the document's snippets make of them.
resp = client.embeddings.video(VIDEO_ID)
ids = [str(uuid.uuid5(uuid.NAMESPACE_URL, f"{resp.id}|{seg.start}|{seg.end}")) for seg in resp.data]
check("embeddings.video", resp.status == "ready" and len(set(ids)) == len(resp.data) > 1)
[vector] = client.embeddings.text("chain wearing man").data
check("embeddings.text", len(vector.embedding) == len(resp.data[0].embedding) == 1024)

# Endings.
client.collections.remove_video(coll.collection_id, VIDEO_ID)
client.collections.delete(coll.collection_id)
check("a deleted collection", refused(NotFoundError, lambda: client.collections.list_videos(coll.collection_id)))
check("its video stays", client.videos.get(VIDEO_ID).video_id == VIDEO_ID)
client.videos.delete(VIDEO_ID)
check("a deleted video", refused(NotFoundError, lambda: client.videos.get(VIDEO_ID)))
