from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of the normalized text, and what they say."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Span":
        """Return the span of `text` from start to end, spaces at both ends left out."""
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return cls(text[start:end], start, end)
