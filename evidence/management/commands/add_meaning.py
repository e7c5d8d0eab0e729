"""`manage.py add_meaning`: write the optional model's rows for the passages of the reference shelf."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from evidence.models import PassageMeaning, ReportPassage
from evidence.rules.sections import placed
from evidence.search.shelf import has_model

AT_ONCE = 512


class Command(BaseCommand):
    help = "Run the optional model of meaning over the shelf's passages; goes on where it stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--country", default="", help="only this one: ISO 3166-1 alpha-3")

    def handle(self, *args: Any, **options: Any) -> None:
        if not has_model():
            raise CommandError("The model is not installed: see requirements/meaning.txt.", returncode=2)
        waiting = ReportPassage.objects.filter(meaning=None)
        if options["country"]:
            waiting = waiting.filter(iso3=options["country"].upper())
        rows = list(waiting.order_by("iso3", "year", "pk").values_list("pk", flat=True))
        keys, done = iter(rows), 0
        while batch := list(islice(keys, AT_ONCE)):
            done += self.add(batch)
            self.stderr.write(f"{done:,} of {len(rows):,}")

    @transaction.atomic
    def add(self, keys: list[int]) -> int:
        """Write the rows of one batch; the same text is looked at once."""
        # Here: it loads the model's runtime, which `--help` need not wait.
        from evidence.search.meaning import directions, packed

        passages = list(ReportPassage.objects.filter(pk__in=keys).only("text", "section"))
        texts = list(dict.fromkeys(text for p in passages for text in (p.text, placed(p.section, p.text))))
        vectors = dict(zip(texts, map(packed, directions(texts)), strict=True))
        PassageMeaning.objects.bulk_create(
            PassageMeaning(passage=p, alone=vectors[p.text], placed=vectors[placed(p.section, p.text)])
            for p in passages
        )
        return len(passages)
