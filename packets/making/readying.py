"""Exhibits made ready in the sandbox, a few of them in each; which one cannot be bound, and why."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from foundation.files import sandbox
from packets.binding import parcel
from packets.making.parts import Exhibit

INSIDE = "packets.binding"
PREPARING, PICTURING, BINDING = f"{INSIDE}.preparing", f"{INSIDE}.picturing", f"{INSIDE}.binding"
AT_ONCE = 2
BATCH, TOGETHER = 8_000_000, 8  # bytes and exhibits that share one sandbox, whose start takes half a second
NO_PAGES: dict[str, Any] = {"pages": [], "quotes": [], "notes": [], "named": {}, "redacted": []}


class ExhibitFailed(Exception):
    """An exhibit cannot be bound: which, and a code of why (words.py)."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key, self.reason = key, reason


@dataclass(frozen=True)
class Ready:
    """An exhibit that is prepared: what is known of it, and its file; none for a link."""

    facts: dict[str, Any]
    content: bytes


def prepared(exhibits: Iterable[Exhibit]) -> Iterator[tuple[str, Ready]]:
    """Yield each exhibit once it is ready, in order; a few go into one sandbox. Raises ExhibitFailed.

    Files are loaded here, in the caller's thread, which may read them; only so many are held at once.
    """
    with ThreadPoolExecutor(AT_ONCE) as workers:
        waiting: deque[Future[list[tuple[str, Ready]]]] = deque()
        try:
            for batch in _batches(exhibits):
                waiting.append(workers.submit(_batch, batch))
                while len(waiting) > AT_ONCE:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BaseException:
            workers.shutdown(cancel_futures=True)
            raise


def _batches(exhibits: Iterable[Exhibit]) -> Iterator[list[tuple[Exhibit, bytes]]]:
    batch: list[tuple[Exhibit, bytes]] = []
    size = 0
    for exhibit in exhibits:
        content = exhibit.load() if exhibit.load else b""
        if batch and (size + len(content) > BATCH or len(batch) >= TOGETHER):
            yield batch
            batch, size = [], 0
        batch.append((exhibit, content))
        size += len(content)
    if batch:
        yield batch


def _batch(batch: list[tuple[Exhibit, bytes]]) -> list[tuple[str, Ready]]:
    """Make several exhibits ready in one sandbox; one by one where they bring it down together."""
    pictured = [(exhibit, *_as_pdf(exhibit, content)) for exhibit, content in batch if exhibit.load]
    asked = [(exhibit, _asked(exhibit), content) for exhibit, content, _notes in pictured]
    together = _run(asked) if len(asked) > 1 else ""
    if isinstance(together, str):
        together = [(exhibit.key, _alone(exhibit, ask, content)) for exhibit, ask, content in asked]
    made = dict(together)
    for exhibit, content, notes in pictured:
        made[exhibit.key] = _sure(exhibit, made[exhibit.key], content)
        made[exhibit.key].facts["notes"] += notes
    return [(exhibit.key, made.get(exhibit.key) or Ready({**NO_PAGES}, b"")) for exhibit, _content in batch]


def _as_pdf(exhibit: Exhibit, content: bytes) -> tuple[bytes, list[str]]:
    """Return a file as a PDF, and codes of what a picture lacks. Raises ExhibitFailed."""
    if exhibit.kind == "pdf":
        return content, []
    pictured = sandbox.run(PICTURING, content)
    if pictured.reason:
        raise ExhibitFailed(exhibit.key, pictured.reason)
    return pictured.content, pictured.notes


def _asked(exhibit: Exhibit) -> dict[str, Any]:
    quotes = [
        {
            "key": shown.key,
            "exact": shown.exact,
            "before": shown.before,
            "after": shown.after,
            "near": shown.near - 1 if shown.near else None,
        }
        for shown in exhibit.shows
        if shown.exact
    ]
    kept = {name: getattr(exhibit, name) for name in ("pages", "words", "boxes", "names", "said")}
    return {**kept, "quotes": quotes, "is_clean": exhibit.is_clean or exhibit.kind != "pdf"}


def _run(asked: list[tuple[Exhibit, dict[str, Any], bytes]]) -> list[tuple[str, Ready]] | str:
    """Run exhibits through one sandbox; the code of why it fell, if it did. Raises ExhibitFailed."""
    head = {"exhibits": [ask for _exhibit, ask, _content in asked]}
    result = sandbox.run(PREPARING, parcel.packed(head, [content for _exhibit, _ask, content in asked]))
    if result.reason:
        return result.reason
    said, files = parcel.unpacked(result.content)
    made = []
    for (exhibit, _ask, _content), facts, content in zip(asked, said["made"], files, strict=True):
        if reason := facts.pop("reason"):
            raise ExhibitFailed(exhibit.key, reason)
        made.append((exhibit.key, Ready(facts, content)))
    return made


def _alone(exhibit: Exhibit, ask: dict[str, Any], content: bytes) -> Ready:
    """Make one exhibit ready in a sandbox of its own. Raises ExhibitFailed."""
    made = _run([(exhibit, ask, content)])
    if isinstance(made, str):
        raise ExhibitFailed(exhibit.key, made)
    return made[0][1]


def _sure(exhibit: Exhibit, made: Ready, content: bytes) -> Ready:
    """Return an exhibit, made of a copy that was compared with other eyes where it was repaired (ADR 32)."""
    if "repaired" not in made.facts["notes"] or exhibit.is_clean:
        return made
    whole = sandbox.rebuild(content, kind="pdf")
    if whole.reason:
        raise ExhibitFailed(exhibit.key, whole.reason)
    again = _alone(exhibit, {**_asked(exhibit), "is_clean": True}, whole.content)
    again.facts["notes"] = whole.notes
    return again
