"""Import, search and its latency on the State Department's passages (docs/benchmarks.md).

    python -m benchmarks.evidence ../shared/evidence [--times 30] [--meaning]

With --meaning the optional model's rows are written first, for every country that is asked about (some 32,000
passages, 5 to 15 minutes). Runs on a database of its own, which it leaves behind for the next run.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from foundation.devstack.services import services

OWN = Path(__file__).parents[1] / "tests" / "evidence" / "relevance.json"
# Copies stand as editions of other years and slugs of the same country, so that nothing is saved on them.
REPEAT_REPORTS = """
INSERT INTO evidence_report (series, slug, year, iso3, title, publisher, url)
SELECT series, slug || '-' || %s, year, iso3, title, publisher, url FROM evidence_report
WHERE slug !~ '-[0-9]+$' ON CONFLICT DO NOTHING"""
REPEAT = """
INSERT INTO evidence_reportpassage
  (report_id, iso3, year, n, section, anchor, start, text, topic, words, tsv)
SELECT c.id, p.iso3, p.year, p.n, p.section, p.anchor, p.start, p.text, p.topic, p.words, p.tsv
FROM evidence_report r JOIN evidence_report c ON c.slug = r.slug || '-' || %s AND c.year = r.year
JOIN evidence_reportpassage p ON p.report_id = r.id WHERE r.slug !~ '-[0-9]+$'
ON CONFLICT DO NOTHING"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--meaning", action="store_true")
    options = parser.parse_args()
    with services("benchmark", throwaway=True):
        os.environ["INTAKE_LOGIN"] = "tests"  # to ask as an attorney too
        subprocess.run([sys.executable, "-m", "foundation.devstack.prepare", "--no-demo"], check=True)
        # Here: it asks for Django's settings, which are there only now.
        from foundation.devstack.commands import bound

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        with bound("benchmark"):
            run(options.data, options.times, meaning=options.meaning)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run(data: Path, times: int, *, meaning: bool) -> None:
    # Here: it asks for Django's settings, which are there only now.
    from django.core.management import call_command

    call_command("import_corpus", str(data / "dos_passages_18_countries.jsonl.gz"))
    # Here and below: models need Django to be ready, and this file is started on its own.
    from evidence.models import Report

    alone = not Report.objects.filter(slug__endswith="-1").exists()  # copies would stand in the way
    for path in (data / "relevance.json", OWN):
        if alone and path.exists():
            queries = json.loads(path.read_text())["queries"]
            for country in sorted({query["iso"] for query in queries} if meaning else ()):
                call_command("add_meaning", country=country)
            judged(queries, path.name)
    if times > 1:
        repeat(times)
    latency(json.loads((data / "relevance.json").read_text())["queries"])


def judged(queries: list[dict[str, Any]], name: str) -> None:
    """Print nDCG@5: unjudged counts as not relevant, gain is the grade."""
    # Here: see run().
    from evidence.search.shelf import Filters, search_shelf

    judgments = []
    for query in queries:
        grades = {(j["slug"], j["year"], j["n"]): j["grade"] for j in query["judgments"]}
        hits = search_shelf(query["q"], Filters(query["iso"]), limit=5).hits
        keys = [(h.passage.report.slug, h.passage.report.year, h.passage.n) for h in hits]
        best = _gain(sorted(grades.values(), reverse=True))
        judgments.append(_gain([grades.get(key, 0) for key in keys]) / best)
        say(f"{query['id']:<5}{query['iso']}  {judgments[-1]:.3f}  {query['q']}")
    say(f"{name}: nDCG@5 {statistics.mean(judgments):.3f} over {len(judgments)} queries")


def _gain(grades: list[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades[:5]))


def repeat(times: int) -> None:
    # Here: see run().
    from django.db import connection, transaction

    # Here: see run().
    from evidence.actions.shelf_import import count_words, uncounted_countries
    from evidence.models import Report

    for copy in range(1, times):
        if Report.objects.filter(slug__endswith=f"-{copy}").exists():
            continue
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(REPEAT_REPORTS, [copy])
            cursor.execute(REPEAT, [copy])
        sys.stderr.write(f"copy {copy}\n")
    count_words(uncounted_countries())


def latency(queries: list[dict[str, Any]]) -> None:
    """Print p50 and p95 as an attorney's role, whole answers with highlighted extracts."""
    # Here: see run().
    from evidence.models import ShelfCount
    from evidence.search.shelf import Filters, search_shelf
    from foundation.database.principal import Principal, acting_as, each_statement_alone

    say(f"{ShelfCount.objects.get(iso3='').passages:,} passages")
    with acting_as(Principal("attorney", "user:0", user_id=0, office_id=0)), each_statement_alone():
        search_shelf("warm", Filters("SYR"))
        timed("country filter", [partial(search_shelf, q["q"], Filters(q["iso"])) for q in queries])
        timed("no filter", [partial(search_shelf, q["q"]) for q in queries])
        words = " ".join(f"{a}{b}" for a in "abcdefghijklmnopqrst" for b in range(100))
        timed("2,000 random words", [lambda: search_shelf(words)])
        real = " ".join(h.passage.text for h in search_shelf("police violence", limit=20).hits)
        timed("2,000 real words", [lambda: search_shelf(real)])
        timed("stop words only", [lambda: search_shelf("the of and to be or not")])
        timed("common words", [lambda: search_shelf("government law report year person")])


def timed(name: str, asks: list[Callable[[], Any]]) -> None:
    taken = []
    for ask in asks * (5 if len(asks) > 1 else 3):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    p95 = taken[math.ceil(len(taken) * 0.95) - 1]
    say(f"{name:<20} p50 {statistics.median(taken):6.0f} ms   p95 {p95:6.0f} ms")


if __name__ == "__main__":
    main()
