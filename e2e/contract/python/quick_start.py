"""The document's quick start. Usage: quick_start.py CLIP"""

import os
import sys
import time

from videosdk import Client

with Client(api_key=os.environ["MIKSHI_API_KEY"], base_url=os.environ["MIKSHI_BASE_URL"]) as client:
    job = client.uploads.upload_file(sys.argv[1], name="My Clip")
    while True:
        status = client.uploads.get_status(job.video_id)
        derived = status.derived_status()
        if derived == "completed":
            break
        if derived == "failed":
            raise RuntimeError(status.error_message or "upload processing failed")
        time.sleep(0.2)
    client.videos.initiate_analyse(job.video_id)
    client.videos.initiate_search_process(job.video_id)
    while True:
        a = client.videos.get_analyse_status(job.video_id)
        sp = client.videos.get_search_process_status(job.video_id)
        if a.is_terminal() and sp.is_terminal():
            if a.is_failed() or sp.is_failed():
                raise RuntimeError(f"pipeline failed: analyse={a.status}, search={sp.status}")
            break
        time.sleep(0.2)
    hits = client.search.search("person near the door", video_ids=[job.video_id], top_k=3)
    for hit in hits:
        print(f"hit #{hit.rank} [{hit.start} - {hit.end}] {hit.hls_playlist_url}")
    result = client.chat.ask("Summarize what happens in the video.", video_id=job.video_id)
    print("answer", result.answer.replace("\n", " "))
    print("video", job.video_id)
