"""Certificates of translation and of interpretation: what they must say, made from a template.

8 CFR 1003.33 and the Practice Manual, ch. 3.3(a), as read in November 2026; confidence high. [to verify]
"""

from collections.abc import Mapping
from dataclasses import dataclass

TRANSLATION, INTERPRETATION = "translation", "interpretation"
# Of each kind: what it must say of who signs it.
MUST = ("name", "language", "address", "phone")
HEADINGS = {
    TRANSLATION: "CERTIFICATE OF TRANSLATION",
    INTERPRETATION: "CERTIFICATE OF INTERPRETATION",
}


@dataclass(frozen=True)
class Said:
    """A certificate as it stands on paper."""

    heading: str
    lines: tuple[str, ...]
    signer: tuple[str, ...]


def lacking(given: Mapping[str, str]) -> list[str]:
    """Return what a certificate still lacks, by name; all of it where there is none."""
    if given.get("kind") not in HEADINGS:
        return list(MUST)
    return [name for name in MUST if not given.get(name, "").strip()]


def certificate(given: Mapping[str, str], document: str) -> Said:
    """Return a certificate for a document; what is not known is left as a line to fill in by hand."""
    name, language, address, phone = (given.get(part, "").strip() or "_" * 24 for part in MUST)
    if given["kind"] == TRANSLATION:
        lines: tuple[str, ...] = (
            f"I, {name}, certify that I am competent to translate from {language} into English, and that the"
            " translation of the following document is true and accurate to the best of my abilities:"
            f" {document}.",
        )
    else:
        lines = (
            f"I, {name}, certify that I am competent in English and {language}, and that I read the following"
            f" document to the person who signs it, in {language}, in full, before it was signed:"
            f" {document}.",
            "The person told me that they understood the document before they signed it.",
        )
    return Said(HEADINGS[given["kind"]], lines, (name, address, phone))
