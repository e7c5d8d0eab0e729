"""What a packet is made of, as data: its exhibits with where their files come from, and its front."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Shown:
    """One thing an exhibit shows: words of the attorney's, and a quotation with what finds it on the page.

    `near` is the page of the file it is said to stand on, from 1.
    """

    says: str = ""
    key: str = ""
    exact: str = ""
    before: str = ""
    after: str = ""
    near: int | None = None


@dataclass(frozen=True)
class Certificate:
    """Of a translation or of an interpretation: who did it, and what they certify (data/certificates)."""

    kind: str
    heading: str
    lines: tuple[str, ...]
    signer: tuple[str, ...]


@dataclass(frozen=True)
class Exhibit:
    """One exhibit under its tab. `load` gives its file when it is its turn; None for a link.

    `kind` is the kind of file; `pages` those that are bound, None for all; `words` and `boxes` what is to be
    taken out; `names` whose mention is looked for. `is_clean`: a file of our own making. `group` is the
    heading it stands under in the table of contents. `said` is what was recognized on
    pages that are pictures.
    """

    key: str
    tab: str
    title: str
    load: Callable[[], bytes] | None = None
    kind: str = "pdf"
    is_clean: bool = False
    pages: tuple[int, ...] | None = None
    words: tuple[str, ...] = ()
    boxes: tuple[tuple[int, float, float, float, float], ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    said: Mapping[str, Sequence[Sequence[Any]]] = field(default_factory=dict)
    source: str = ""
    day: str = ""
    address: str = ""
    accessed: str = ""
    how: str = ""
    shows: tuple[Shown, ...] = ()
    group: str = ""
    certificate: Certificate | None = None


@dataclass(frozen=True)
class Cover:
    """What stands on the cover; what is not known is left out, with its line."""

    filer: tuple[str, ...] = ()
    custody: str = ""
    court: tuple[str, ...] = ()
    respondents: tuple[tuple[str, str], ...] = ()
    proceeding: str = ""
    judge: str = ""
    hearing: str = ""
    title: str = ""


@dataclass(frozen=True)
class Argued:
    """One thing the person says, with the citations beside it: (tab, key of the quotation, adverse)."""

    says: str
    beside: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Packet:
    """All of a packet. `service` are the lines of the proof of service; none where none is wanted.

    `kept` are the numbers of a packet that was filed, by part: what was there keeps its own.
    """

    cover: Cover
    exhibits: tuple[Exhibit, ...]
    argued: tuple[Argued, ...] = ()
    service: tuple[str, ...] = ()
    kept: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One page of the map: its volume, part, number, hash and paper."""

    volume: int
    part: str
    kind: str
    label: str
    digest: str
    size: tuple[float, float]


@dataclass(frozen=True)
class Volume:
    number: int
    first: str
    last: str
    pages: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Bound:
    """What came of a build. `facts` are what is known of each exhibit's pages, by its key."""

    volumes: list[Volume]
    pages: list[Page]
    facts: dict[str, dict[str, Any]]
    pincites: dict[str, list[str]]

    def labels_of(self, part: str) -> list[str]:
        return [page.label for page in self.pages if page.part == part]
