"""`manage.py search_evidence "QUERY"`: search the reference shelf from the command line."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evidence.data import country_names, topics
from evidence.search.lexemes import START, STOP
from evidence.search.shelf import Filters, Hit, search_shelf


class Command(BaseCommand):
    help = "Print the passages of the reference shelf that best answer some words."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("words", metavar="QUERY")
        parser.add_argument("--country", default="", help="ISO 3166-1 alpha-3, for example SYR")
        parser.add_argument("--topic", default="", choices=["", *(topic.code for topic in topics())])
        parser.add_argument("--from", dest="first_year", type=int, help="first year of the editions")
        parser.add_argument("--to", dest="last_year", type=int, help="last year of the editions")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--json", action="store_true", help="a JSON list and nothing else")

    def handle(self, *args: Any, **options: Any) -> None:
        country = options["country"].upper()
        if country and country not in country_names():
            raise CommandError(f"{options['country']!r} is no country code of three letters.", returncode=2)
        if not 1 <= options["limit"] <= 100:
            raise CommandError("--limit goes from 1 to 100.", returncode=2)
        filters = Filters(country, options["first_year"], options["last_year"], options["topic"])
        results = search_shelf(options["words"], filters, limit=options["limit"])
        if results.either:
            self.stderr.write(
                f"The country's name can mean {', '.join(results.either)}: choose with --country."
            )
        if options["json"]:
            self.stdout.write(json.dumps([as_dict(hit) for hit in results.hits], ensure_ascii=False))
            return
        if results.nothing_asked:
            self.stdout.write("These words hold nothing to look for: try the words a report would use.")
        for hit in results.hits:
            passage = hit.passage
            self.stdout.write(f"{passage.report} ¶{passage.n}  {passage.section}\n{passage.text}\n")


def as_dict(hit: Hit) -> dict[str, Any]:
    """Return a hit in plain values; `extract` marks what was found with [[ and ]]."""
    passage, report = hit.passage, hit.passage.report
    return {
        "text": passage.text,
        "source": f"{report.publisher}, {report.title}",
        "edition": report.year,
        "slug": report.slug,
        "year": report.year,
        "n": passage.n,
        "country": report.iso3,
        "section": passage.section,
        "url": f"{report.url}#{passage.anchor}" if passage.anchor else report.url,
        "score": hit.score,
        "extract": hit.extract.replace(START, "[[").replace(STOP, "]]"),
    }
