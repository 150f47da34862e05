"""Every way to upload that the document shows. Usage: uploads.py CLIP"""

import json
import os
import sys
import tempfile
from pathlib import Path

from videosdk import Client, YouTubeImportError, put_part

client = Client(api_key=os.environ["MIKSHI_API_KEY"], base_url=os.environ["MIKSHI_BASE_URL"])
CLIP = Path(sys.argv[1])
CHUNK = 5 * 1024 * 1024

job = client.uploads.upload_file(
    str(CLIP), name="With progress", on_progress=lambda done, total: print(f"progress {done * 100 // total}%")
)
print("upload_file", job.video_id)
print("direct", client.uploads.direct(str(CLIP), name="My Movie").video_id)

# Manual multipart.
init = client.uploads.initiate_multipart("movie.mp4", "video/mp4")
parts = []
with CLIP.open("rb") as file:
    part_number = 1
    while chunk := file.read(CHUNK):
        part = client.uploads.get_part_url(init.s3_object_name, init.upload_id, part_number)
        parts.append({"part_number": part_number, "etag": put_part(part.url, chunk)})
        part_number += 1
client.uploads.complete_multipart(init.s3_object_name, init.upload_id, parts)
print("manual", client.uploads.preprocess(init.s3_object_name, init.video_id, name="My Movie").video_id)

# Resumable: the first run sends nothing and "crashes", the second one goes on with what it noted.
STATE_FILE = Path(tempfile.mkdtemp()) / "upload-state.json"


def resume_or_start(file_path, name, crash):
    if STATE_FILE.exists():
        state = json.loads(STATE_FILE.read_text())
        print("resuming", state["upload_id"])
    else:
        begun = client.uploads.initiate_multipart(file_path.name, "video/mp4")
        state = {
            "upload_id": begun.upload_id,
            "s3_object_name": begun.s3_object_name,
            "video_id": str(begun.video_id),
        }
        STATE_FILE.write_text(json.dumps(state))
    already = client.uploads.list_parts(state["s3_object_name"], state["upload_id"])
    done = {p.part_number for p in already}
    sent = [p.model_dump() for p in already]
    if crash:
        return None
    with file_path.open("rb") as file:
        number = 1
        while chunk := file.read(CHUNK):
            if number not in done:
                p = client.uploads.get_part_url(state["s3_object_name"], state["upload_id"], number)
                sent.append({"part_number": number, "etag": put_part(p.url, chunk)})
            number += 1
    sent.sort(key=lambda p: p["part_number"])
    client.uploads.complete_multipart(state["s3_object_name"], state["upload_id"], sent)
    resumed = client.uploads.preprocess(state["s3_object_name"], state["video_id"], name=name)
    STATE_FILE.unlink()
    return resumed


resume_or_start(CLIP, "Big Movie", crash=True)
print("resumed", resume_or_start(CLIP, "Big Movie", crash=False).video_id)

# What is begun and not wanted is aborted.
unwanted = client.uploads.initiate_multipart("unwanted.mp4", "video/mp4")
client.uploads.abort_multipart(unwanted.s3_object_name, unwanted.upload_id)

try:
    client.uploads.import_youtube("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    print("youtube imported")
except YouTubeImportError as e:
    print("youtube", e.code)
