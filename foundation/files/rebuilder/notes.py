"""What a copy lacks or how it came about, as codes that travel out of the sandbox: "comments:2,5"."""

MOST_PAGES = 4  # named one by one; "+" stands for more


class Notes:
    """Codes of notes, each with the pages it is about, if it is about some, in the order they came up."""

    def __init__(self) -> None:
        self.found: dict[str, list[int]] = {}

    def add(self, code: str, page: int = 0) -> None:
        """Note something of the file, or of a page, counted from 1."""
        pages = self.found.setdefault(code, [])
        if page and page not in pages:
            pages.append(page)

    def codes(self) -> list[str]:
        return [code + _listed(pages) for code, pages in self.found.items()]


def _listed(pages: list[int]) -> str:
    more = "+" if len(pages) > MOST_PAGES else ""
    return ":" + ",".join(map(str, pages[:MOST_PAGES])) + more if pages else ""
