"""Reading a request's files: never in plain on disk, never more than is taken, before anything else is held.

A page that takes files says so with @receives_files, or @receives_in_memory for a small one that is nobody's
secret. To any other page no file can be sent at all.

While a request is read nobody knows yet who sends it, and a phone may take minutes: foundation/front waits
for it. Then `read_first` reads the body before a transaction is opened; each piece is sealed with a key that
is only in memory, and once the form's token and the person are known the action seals it anew with the key of
their matter. If the process dies in between, what is left on disk can never be opened.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.urls import Resolver404, resolve

from foundation.files import kinds, stream

MAX_BYTES = 25 * 1024 * 1024
MAX_REQUEST = 200 * 1024 * 1024
MAX_SECONDS = 900
INCOMING = "incoming"
SEALED, IN_MEMORY = "sealed", "in memory"

View = Callable[..., Any]
Answer = Callable[[HttpRequest], HttpResponse]


def incoming() -> Path:
    """Return the folder of what is on its way, sealed with keys that are only in memory."""
    return Path(settings.MEDIA_ROOT) / INCOMING


def receives_files(view: View) -> View:
    """Mark a view that takes files. Put it outermost, above the declaration of who may open it.

    Its form is `enctype="multipart/form-data"` with the token before the files; `received_files` gives them.
    """
    view.receives = SEALED  # type: ignore[attr-defined]
    return view


def receives_in_memory(view: View) -> View:
    """Mark a view of ours whose file is read at once and kept in memory: never on disk. Outermost."""
    view.receives = IN_MEMORY  # type: ignore[attr-defined]
    return view


def read_first(get_response: Answer) -> Answer:
    """Read what is sent before a transaction is opened; stands before `config.middleware.bound`."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.content_type == "multipart/form-data" and request.method == "POST":
            wanted = _wanted(request)
            handler = SealingHandler(request, wanted=wanted == SEALED)
            request.upload_handlers = [InMemory(request) if wanted == IN_MEMORY else handler]
            try:
                _ = request.POST
            except UnreadablePostError:
                return HttpResponse(status=400)  # they hung up: nobody reads this
            finally:
                handler.upload_interrupted()
        return get_response(request)

    return answer


def _wanted(request: HttpRequest) -> str:
    try:
        return str(getattr(resolve(request.path_info).func, "receives", ""))
    except Resolver404:
        return ""


class InMemory(MemoryFileUploadHandler):
    """Django's own, for a request of any size up to that of one file."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:
        self.activated = content_length <= MAX_BYTES


class ReceivedFile(UploadedFile):
    """One file of a request: sealed on disk until the request ends, or the code of why it is not taken."""

    def __init__(self, label: str, reason: str = "") -> None:
        super().__init__(name=label, content_type="", size=0)
        self.label, self.kind, self.reason = label, "", reason
        self.is_locked = False
        self.head = self.tail = b""
        self.key, self.place = AESGCM(AESGCM.generate_key(256)), uuid4().hex
        self.path = incoming() / self.place
        self.writer: stream.Writer | None = None

    def add(self, piece: bytes) -> None:
        """Seal one more piece, unless the file is not taken."""
        if self.reason:
            return  # the rest is read past: the other files of the request may be fine
        self.size = (self.size or 0) + len(piece)
        if self.size > MAX_BYTES:
            self.refuse("too_big")
            return
        self.head = self.head if len(self.head) >= kinds.HEAD else (self.head + piece)[: kinds.HEAD]
        self.tail = (self.tail + piece)[-kinds.TAIL :]
        with self._room():
            self.writer = self.writer or stream.Writer(self.path, key=self.key, place=self.place.encode())
            self.writer.write(piece)

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Refuse the file where the disk is full, instead of breaking the page with all that is on it."""
        try:
            yield
        except OSError as error:
            if not stream.is_full(error):
                raise
            self.refuse("no_room")

    def complete(self) -> None:
        """Finish the sealed file and judge what it is."""
        if not self.reason:
            self.kind, self.reason = kinds.judge(self.label, self.head, self.tail)
            self.is_locked = kinds.looks_locked(self.head, self.tail)
        if self.reason or self.writer is None:
            self.close()
        else:
            with self._room():
                self.writer.finish()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Yield the file in plain, while the request lasts."""
        return stream.read(self.path, key=self.key, place=self.place.encode())

    def refuse(self, reason: str) -> None:
        self.reason = reason
        self.close()

    def close(self) -> None:
        if self.writer:
            self.writer.abandon()
        self.path.unlink(missing_ok=True)


class SealingHandler(FileUploadHandler):
    """Seals what arrives piece by piece, and stops reading where it is too much.

    A file that is not taken stays among the request's files with its reason, so that the page can say why.
    """

    request: HttpRequest

    def __init__(self, request: HttpRequest, *, wanted: bool) -> None:
        super().__init__(request)
        self.wanted, self.read, self.announced = wanted, 0, 0
        self.current: ReceivedFile | None = None

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any) -> None:
        self.announced = content_length

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, file_name, *args, **kwargs)
        if not self.wanted:
            raise StopUpload(connection_reset=True)
        self.current = ReceivedFile(file_name)
        if self.announced > MAX_REQUEST:
            self.stop("too_big_together")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.read += len(raw_data)
        if self.read > MAX_REQUEST:
            self.stop("too_big_together")
        if self.current:
            self.current.add(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        done, self.current = self.current, None
        if done:
            done.complete()
        return done

    def upload_complete(self) -> None:
        """Say of a file in which the body ends why it is not whole: the front cut it."""
        cut = getattr(self.request.META.get("intake.body"), "cut", "")
        if self.current and cut:
            self.request.stopped_at = ReceivedFile(self.current.label, cut)  # type: ignore[attr-defined]

    def upload_interrupted(self) -> None:
        if self.current:
            self.current.close()

    def stop(self, reason: str) -> None:
        """Read no further: what was whole by now stays, the page says why the rest is missing."""
        self.upload_interrupted()
        self.request.stopped_at = ReceivedFile(self.file_name or "", reason)  # type: ignore[attr-defined]
        raise StopUpload(connection_reset=True)


def received_files(request: HttpRequest, field: str) -> list[ReceivedFile]:
    """Return the files sent in a field, those not taken among them."""
    received = [file for file in request.FILES.getlist(field) if isinstance(file, ReceivedFile)]
    stopped: ReceivedFile | None = getattr(request, "stopped_at", None)
    return [*received, stopped] if stopped else received
