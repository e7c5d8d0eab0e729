"""Measure, on a throwaway cluster: row policies, the ledger's verifying, pages of the staff, a packet."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from benchmarks import cascade, deliveries, ledger, office, packet, pages, referrals, rows
from cases.models import Case
from foundation.accounts.actions import open_office
from foundation.accounts.models import Membership, Role, User
from referrals.models import Queue

WHAT = ["rows", "ledger", "queue", "case", "search", "packet", "referrals", "cascade", "deliveries"]


class Command(BaseCommand):
    help = (
        "bench rows, bench queue case search: after make_office. bench ledger --rows N. bench packet --check."
        " bench referrals --check: cascades under load, workers killed."
        " bench cascade: a simulated half-year of an office, asked in turn and by hand."
        " bench deliveries --check: events handled by a worker, alone and behind finished rows."
        " Exit status 1 if a promise is broken."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", nargs="+", choices=WHAT)
        parser.add_argument(
            "--times", type=int, default=40, help="queue, case, search: how often each in a round"
        )
        parser.add_argument("--check", action="store_true", help="exit 1 where a target is missed")
        parser.add_argument("--rows", type=int, default=1_000_000, help="ledger: how many rows")
        parser.add_argument("--behind", type=int, default=5_000_000, help="deliveries: finished rows behind")
        parser.add_argument("--filling", type=float, default=180, help="deliveries: seconds they may take")
        parser.add_argument("--count", type=int, default=3_000, help="deliveries: how many at once")
        parser.add_argument("--batch", type=int, default=10_000, help="ledger: rows between two checkpoints")
        parser.add_argument("--pairs", type=int, default=40, help="rows: how many pairs of runs")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        figures: list[dict[str, Any]] = []
        broken = False
        for what in options["what"]:
            found, is_broken = getattr(self, f"_{what}")(options)
            figures += found if isinstance(found, list) else [found]
            broken = broken or is_broken
        if options["json"]:
            self.stdout.write(json.dumps(figures, indent=1))
        else:
            for line in figures:
                self.stdout.write("  ".join(f"{name} {value}" for name, value in line.items()))
        if broken:
            sys.exit(1)

    def _rows(self, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        self.stderr.write(f"{Case.objects.count()} cases")
        users = [_someone(Role.ATTORNEY), _someone(Role.CASEWORKER)]
        figures = rows.measure(
            users, office.bench_url("migrator"), office.bench_url("staff"), pairs=options["pairs"]
        )
        return [asdict(figure) for figure in figures], any(figure.ratio > figure.asked for figure in figures)

    def _queue(self, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        self.stderr.write(f"{Case.objects.count()} cases")
        figures = list(pages.measure(times=options["times"]))
        missed = [figure.page for figure in figures if figure.is_missed]
        return pages.as_lines(figures), bool(missed and options["check"])

    def _case(self, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        figures = list(pages.measure_case(times=options["times"]))
        return pages.as_lines(figures), options["check"] and any(figure.is_missed for figure in figures)

    def _search(self, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        figures = list(pages.measure_search(times=options["times"]))
        return pages.as_lines(figures), options["check"] and any(figure.is_missed for figure in figures)

    def _ledger(self, options: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        figure = ledger.measure(office.bench_url("migrator"), options["rows"], batch=options["batch"])
        late = options["check"] and figure.verified > ledger.ASKED * max(1, figure.rows / 1_000_000)
        return asdict(figure), bool(figure.problems) or late

    def _packet(self, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        figures = [packet.measure(pages) for pages in packet.ASKED]
        kept = all(figure.is_kept for figure in figures)
        return [asdict(figure) for figure in figures], options["check"] and not kept

    def _referrals(self, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        at = timezone.now()
        where = open_office(slug=f"load-{at:%j-%H%M%S}", name="Load", takes_forms=True)
        Queue.objects.create(office=where, name="General")
        leads = [User.objects.create(email=f"{role}@{where.slug}.example", name=role) for role in ("c", "i")]
        for user, role in zip(leads, (Role.CASEWORKER, Role.ADMINISTRATOR), strict=True):
            Membership.objects.create(user=user, office=where, roles=[role])
        people = referrals.make_people(where, 40, capacity=4, by=leads[1], at=at)
        referrals.make_cascades(where, 120, people[:24], by=leads[0], at=at)
        claims = referrals.measure_claims(120)
        figure, wrong = referrals.measure(referrals=120, processes=32, seconds=150, kill_every=1.5)
        for one in wrong:
            self.stderr.write(one)
        broken = bool(wrong) or (options["check"] and claims.ratio < referrals.ASKED)
        return [asdict(claims), asdict(figure)], broken

    def _cascade(self, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        return cascade.measure(), False

    def _deliveries(self, options: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        sizes = {"behind": options["behind"], "seconds": options["filling"], "count": options["count"]}
        url = office.bench_url("migrator")
        figures = []
        for figure in deliveries.measure(url, singles=options["times"], **sizes):
            self.stderr.write(str(figure))  # the second takes minutes
            figures.append(figure)
        missed = deliveries.missed(figures)
        for one in missed:
            self.stderr.write(f"missed: {one}")
        return [asdict(figure) for figure in figures], options["check"] and bool(missed)


def _someone(role: str) -> User:
    """Return someone in the middle of the offices, so that no plan is favored."""
    members = Membership.objects.filter(roles=[role]).order_by("office_id")
    return members[members.count() // 2].user
