"""What a captured paragraph is searched by, made by PostgreSQL as the row is written."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func, TextField, Value


class _Lexemes(Func):
    template = "to_tsvector('english', %(expressions)s)"
    output_field = SearchVectorField()


class _WithTopics(Func):
    """Words that no text can hold ("@torture") let one query ask for words and topic together."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


LONGEST = 100_000  # characters: no paragraph is, and PostgreSQL takes 1 MB of lexemes


def searched(text: str, topics: list[str]) -> dict[str, Any]:
    """Return the fields of a passage that make it searchable."""
    marks = Value([f"@{topic}" for topic in topics], output_field=ArrayField(TextField()))
    named = Func(marks, function="array_to_tsvector", output_field=SearchVectorField())
    return {"words": text.count(" ") + 1, "tsv": _WithTopics(named, _Lexemes(Value(text[:LONGEST])))}
