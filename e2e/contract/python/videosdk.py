"""The vendor's Python SDK as its document describes it, with the standard library alone."""

import json
import mimetypes
import os
import urllib.error
import urllib.parse
import urllib.request
import uuid

BACKEND = "/api/backend/v1/developer"
CHAT = "/api/chat/v1/developer"


class Model(dict):
    """An answer whose fields are attributes; unknown ones are None, further ones stay."""

    def __getattr__(self, name):
        value = self.get(name)
        return Model(value) if isinstance(value, dict) else value

    def model_dump(self):
        return dict(self)


class UploadStatus(Model):
    def derived_status(self):
        stages = [self.thumbnail_generation_status, self.transcoding_status, self.hls_generation_status]
        words = [stage.status if stage else None for stage in stages]
        if "failed" in words:
            return "failed"
        if all(word == "completed" for word in words):
            return "completed"
        return "in_progress" if any(word in ("in_progress", "completed") for word in words) else "pending"


class PipelineStatus(Model):
    def is_done(self):
        return self.status in {"done", "success", "completed"}

    def is_failed(self):
        return self.status in {"failed", "error"}

    def is_terminal(self):
        return self.is_done() or self.is_failed()


class AskTokenEvent(Model): ...


class AskDoneEvent(Model): ...


class AskErrorEvent(Model): ...


class VideoSDKError(Exception): ...


class APIError(VideoSDKError):
    def __init__(self, status_code, body, headers):
        self.status_code = status_code
        self.response_body = body
        message = body.get("message") or body.get("detail") if isinstance(body, dict) else body
        retry_after = headers.get("Retry-After")
        self.retry_after = float(retry_after) if retry_after else None
        self.code = message if isinstance(message, str) and message.startswith("YOUTUBE_") else None
        super().__init__(f"{status_code}: {message}")


class BadRequestError(APIError): ...


class YouTubeImportError(BadRequestError): ...


class PermissionDeniedError(APIError): ...


class NotFoundError(APIError): ...


class ConflictError(APIError): ...


class UnprocessableEntityError(APIError): ...


class RateLimitError(APIError): ...


ERRORS = {
    400: BadRequestError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def to_model(value, model=Model):
    if isinstance(value, list):
        return [to_model(item, model) for item in value]
    if not isinstance(value, dict):
        return value
    return model({key: to_model(item) for key, item in value.items()})


class Transport:
    def __init__(self, base_url, api_key, timeout):
        self.base_url = base_url.rstrip("/")
        self.api_key = api_key
        self.timeout = timeout

    def open(self, method, path, query=None, body=None, content_type="application/json"):
        given = {key: str(value) for key, value in (query or {}).items() if value is not None}
        url = f"{self.base_url}{path}" + (f"?{urllib.parse.urlencode(given)}" if given else "")
        headers = {"X-API-Key": self.api_key}
        if body is not None:
            headers["Content-Type"] = content_type
        request = urllib.request.Request(url, data=body, headers=headers, method=method)
        try:
            return urllib.request.urlopen(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            text = error.read().decode()
            try:
                answer = json.loads(text)
            except ValueError:
                answer = text
            raise ERRORS.get(error.code, APIError)(error.code, answer, error.headers) from None

    def call(self, method, path, model=Model, query=None, json_body=None):
        body = None if json_body is None else json.dumps(json_body).encode()
        with self.open(method, path, query, body) as response:
            text = response.read()
        return to_model(json.loads(text), model) if text else None


def put_part(url, chunk):
    """PUTs a part to its pre-signed address; returns its ETag."""
    request = urllib.request.Request(url, data=chunk, method="PUT")
    with urllib.request.urlopen(request, timeout=60) as response:
        return response.headers["ETag"]


class Uploads:
    def __init__(self, transport):
        self.transport = transport

    def post(self, path, body):
        return self.transport.call("POST", f"{BACKEND}/uploads/{path}", json_body=body)

    def direct(self, path, *, name, use_dynamic_hls=False):
        boundary = uuid.uuid4().hex
        with open(path, "rb") as file:
            content = file.read()
        fields = {"name": name, "use_dynamic_hls": str(use_dynamic_hls).lower()}
        text = "".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        )
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{os.path.basename(path)}"\r\n'
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        body = f"{text}{head}Content-Type: {kind}\r\n\r\n".encode() + content + f"\r\n--{boundary}--\r\n".encode()
        content_type = f"multipart/form-data; boundary={boundary}"
        with self.transport.open("POST", f"{BACKEND}/uploads/direct", body=body, content_type=content_type) as response:
            return to_model(json.loads(response.read()))

    def import_youtube(self, url, name=None):
        try:
            return self.post("youtube", {"url": url, **({"name": name} if name else {})})
        except BadRequestError as error:
            raise YouTubeImportError(error.status_code, error.response_body, {}) from None

    def initiate_multipart(self, filename, content_type):
        return self.post("multipart/initiate", {"filename": filename, "content_type": content_type})

    def get_part_url(self, s3_object_name, upload_id, part_number):
        body = {"s3_object_name": s3_object_name, "upload_id": upload_id, "part_number": part_number}
        return self.post("multipart/part-url", body)

    def list_parts(self, s3_object_name, upload_id):
        return self.post("multipart/list-parts", {"s3_object_name": s3_object_name, "upload_id": upload_id})

    def complete_multipart(self, s3_object_name, upload_id, parts):
        body = {"s3_object_name": s3_object_name, "upload_id": upload_id, "parts": parts}
        return self.post("multipart/complete", body)

    def abort_multipart(self, s3_object_name, upload_id):
        return self.post("multipart/abort", {"s3_object_name": s3_object_name, "upload_id": upload_id})

    def preprocess(self, s3_object_name, video_id, name, use_dynamic_hls=False):
        body = {"s3_object_name": s3_object_name, "video_id": video_id, "name": name}
        return self.post("preprocess", {**body, "use_dynamic_hls": use_dynamic_hls})

    def upload_file(self, path, *, name, chunk_size=10 * 1024 * 1024, on_progress=None):
        total = os.path.getsize(path)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        init = self.initiate_multipart(os.path.basename(path), kind)
        parts = []
        try:
            with open(path, "rb") as file:
                while chunk := file.read(chunk_size):
                    number = len(parts) + 1
                    part = self.get_part_url(init.s3_object_name, init.upload_id, number)
                    parts.append({"part_number": number, "etag": put_part(part.url, chunk)})
                    if on_progress:
                        on_progress(file.tell(), total)
            self.complete_multipart(init.s3_object_name, init.upload_id, parts)
        except Exception:
            self.abort_multipart(init.s3_object_name, init.upload_id)
            raise
        return self.preprocess(init.s3_object_name, init.video_id, name)

    def get_status(self, video_id):
        return self.transport.call("GET", f"{BACKEND}/uploads/status/{video_id}", UploadStatus)


class Videos:
    def __init__(self, transport):
        self.transport = transport

    def list(self, **filters):
        start = filters.get("start_time")
        query = {**filters, **({"start_time": start.isoformat()} if start else {})}
        return self.transport.call("GET", f"{BACKEND}/videos/list", query=query)

    def get(self, video_id):
        return self.transport.call("GET", f"{BACKEND}/videos/get-video-details", query={"video_id": video_id})

    def delete(self, video_id):
        return self.transport.call("DELETE", f"{BACKEND}/videos/delete", query={"video_id": video_id})

    def initiate(self, pipeline, video_id):
        return self.transport.call(
            "POST", f"{BACKEND}/videos/{pipeline}/initiate", json_body={"video_id": video_id}
        )

    def initiate_analyse(self, video_id):
        return self.initiate("analyse", video_id)

    def initiate_search_process(self, video_id):
        return self.initiate("search-process", video_id)

    def get_analyse_status(self, video_id):
        return self.transport.call("GET", f"{BACKEND}/videos/analyse/status/{video_id}", PipelineStatus)

    def get_search_process_status(self, video_id):
        return self.transport.call("GET", f"{BACKEND}/videos/search-process/status/{video_id}", PipelineStatus)


class Collections:
    def __init__(self, transport):
        self.transport = transport

    def call(self, method, path, **rest):
        return self.transport.call(method, f"{BACKEND}/collections/{path}", **rest)

    def list(self, page=1, page_size=10):
        return self.call("GET", "list", query={"page": page, "page_size": page_size})

    def create(self, name, description=None):
        return self.call("POST", "create", json_body={"name": name, "description": description})

    def update(self, id, **changes):
        return self.call("PATCH", f"update/{id}", json_body=changes)

    def delete(self, id):
        return self.call("DELETE", f"delete/{id}")

    def list_videos(self, id, **query):
        return self.call("GET", f"{id}/videos", query=query)

    def add_video(self, id, video_id):
        return self.call("POST", f"{id}/videos", json_body={"video_id": video_id})

    def remove_video(self, id, video_id):
        return self.call("DELETE", f"{id}/videos/{video_id}")


class Chat:
    def __init__(self, transport):
        self.transport = transport

    def to_body(self, question, video_id, top_k, history):
        body = {"question": question, "video_id": video_id, "top_k": top_k, "history": history}
        return {key: value for key, value in body.items() if value is not None}

    def ask(self, question, *, video_id, top_k=None, history=None):
        return self.transport.call("POST", f"{CHAT}/chat/ask", json_body=self.to_body(question, video_id, top_k, history))

    def ask_stream(self, question, *, video_id, top_k=None, history=None):
        body = json.dumps({**self.to_body(question, video_id, top_k, history), "stream": True}).encode()
        kinds = {"token": AskTokenEvent, "done": AskDoneEvent, "error": AskErrorEvent}
        with self.transport.open("POST", f"{CHAT}/chat/ask", body=body) as response:
            kind = None
            for line in response:
                text = line.decode().rstrip("\r\n")
                if text.startswith("event:"):
                    kind = text[6:].strip()
                elif text.startswith("data:") and kind in kinds:
                    yield to_model(json.loads(text[5:]), kinds[kind])
                    if kind != "token":
                        return


class Search:
    def __init__(self, transport):
        self.transport = transport

    def search(self, query, *, video_ids=None, collection_id=None, top_k=5):
        body = {"query": query, "video_ids": video_ids, "collection_id": collection_id, "top_k": top_k}
        given = {key: value for key, value in body.items() if value is not None}
        return self.transport.call("POST", f"{CHAT}/search", json_body=given)

    def visualize(self, *, video_ids=None, collection_id=None):
        body = {"video_ids": video_ids, "collection_id": collection_id}
        given = {key: value for key, value in body.items() if value is not None}
        return self.transport.call("POST", f"{CHAT}/visualize", json_body=given)


class Embeddings:
    def __init__(self, transport):
        self.transport = transport

    def video(self, video_id):
        return self.transport.call("GET", f"{CHAT}/embeddings/video/{video_id}")

    def text(self, text):
        return self.transport.call("POST", f"{CHAT}/embeddings/text", json_body={"text": text})


class Client:
    def __init__(self, *, api_key, base_url="http://localhost:8001", timeout=30.0):
        transport = Transport(base_url, api_key, timeout)
        self.uploads = Uploads(transport)
        self.videos = Videos(transport)
        self.collections = Collections(transport)
        self.chat = Chat(transport)
        self.search = Search(transport)
        self.embeddings = Embeddings(transport)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None
