"""`manage.py read_source FILE`: what a capture would find in a file. Needs no server."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence import rules
from evidence.reader import Unreadable, check_is_a_text, read
from evidence.reading.result import Reading
from evidence.words import warning_words
from foundation.files.sandbox import CannotWork


class Command(BaseCommand):
    help = "Print what a capture would find in a file, and what it would leave out."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", metavar="FILE", help="a file of a kind the library takes, or - for standard input"
        )
        parser.add_argument("--charset", default="", help="the character set that its site named")
        parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found; a file that is refused ends with 1 and says why."""
        raw, name = raw_of(options["file"])
        try:
            reading = read(raw, name, charset=options["charset"])
            check_is_a_text(reading)
        except Unreadable as refused:
            self._refuse(refused.code, str(refused), as_json=options["json"])
        except CannotWork as failed:
            raise CommandError(f"The sandbox did not start: {failed}", returncode=2) from failed
        found = as_dict(reading)
        if not found["passages"]:
            self._refuse(
                "nothing_to_quote", "There is no text here that could be quoted.", as_json=options["json"]
            )
        self.stdout.write(
            json.dumps(found, ensure_ascii=False, indent=1) if options["json"] else in_words(found)
        )

    def _refuse(self, code: str, reason: str, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"refused": code, "reason": reason}, ensure_ascii=False))
        raise CommandError(reason, returncode=1)


def raw_of(file: str) -> tuple[bytes, str]:
    """Return a file's bytes and name. Raises CommandError where it cannot be opened."""
    if file == "-":
        return sys.stdin.buffer.read(), ""
    try:
        return Path(file).read_bytes(), Path(file).name
    except OSError as error:
        raise CommandError(f"{file} cannot be opened: {error.strerror}.", returncode=1) from error


def as_dict(reading: Reading) -> dict[str, Any]:
    """Return what was found in plain values: each detail with where it was found and how sure it is."""
    parsed = rules.parse_statement(reading.text, reading.hints)
    text = parsed.text
    return {
        "media_type": reading.media_type,
        "pages": len(reading.pages),
        "title": _found(parsed.title),
        "subtitle": _found(parsed.subtitle),
        "publisher": _guess(parsed.publisher),
        "published": _published(parsed.published),
        "dateline": _found(parsed.dateline),
        "places": [place.name for place in parsed.places],
        "countries": [country.iso3 for country in parsed.countries],
        "speakers": [
            {"name": one.name, "role": one.role, "affiliation": one.affiliation} for one in parsed.speakers
        ],
        "quotations": [
            {
                "text": one.span.text,
                "speaker": one.speaker.name if one.speaker else None,
                "paragraph": one.paragraph + 1,
            }
            for one in parsed.quotations
        ],
        "passages": [
            {
                "n": one.n,
                "kind": one.kind,
                "start": one.start,
                "end": one.end,
                "text": one.text,
                "speaker": one.speaker,
            }
            for one in rules.passages(parsed)
        ],
        "left_out": [line.text for line in parsed.left_out] + reading.left_out,
        "warnings": warning_words([*parsed.warnings, *reading.warnings]),
        "sha256": parsed.sha256,
        "characters": len(text),
    }


def _found(span: rules.Span | None) -> dict[str, Any] | None:
    return {"value": span.text, "start": span.start, "end": span.end} if span else None


def _guess(guess: rules.Guess | None) -> dict[str, Any] | None:
    if guess is None:
        return None
    return {"value": guess.text, "where": guess.where, "sure": guess.sure, **_place(guess.span)}


def _published(published: rules.Published | None) -> dict[str, Any] | None:
    """Return the date; without a value, and with both days, where it can be read in two ways."""
    if published is None:
        return None
    either = [day.isoformat() for day in published.either]
    return {
        "value": None if either else published.first_day.isoformat(),
        "precision": published.precision,
        "where": published.where,
        "sure": published.sure,
        "either": either,
        **_place(published.span),
    }


def _place(span: rules.Span | None) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text} if span else {}


def in_words(found: dict[str, Any]) -> str:
    """Return what was found as lines to read."""
    lines = [_line(name, found[name]) for name in ("title", "subtitle", "publisher", "published", "dateline")]
    lines += [f"{name:>10}: {', '.join(found[name]) or '-'}" for name in ("places", "countries")]
    lines += [
        f"   speaker: {', '.join(filter(None, (one['name'], one['role'], one['affiliation'])))}"
        for one in found["speakers"]
    ]
    lines += ["", *(_passage(one) for one in found["passages"])]
    lines += [f"\nleft out: {words}" for words in found["left_out"]]
    lines += [f"\nwarning: {words}" for words in found["warnings"]]
    return "\n".join(lines)


def _line(name: str, detail: dict[str, Any] | None) -> str:
    if detail is None:
        return f"{name:>10}: -"
    said = detail["value"] or " or ".join(detail["either"])
    how = f"  ({detail['where']}, {detail['sure']})" if "where" in detail else ""
    return f"{name:>10}: {said}{how}"


def _passage(passage: dict[str, Any]) -> str:
    if passage["kind"] == "quotation":
        return f"  “{passage['text']}” — {passage['speaker'] or 'not named'}"
    return f"{passage['n']}. {passage['text']}"
