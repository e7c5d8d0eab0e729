"""What is there after the drill: everything people were told is done, once, and nothing left over unseen."""

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError, connection
from django.db.models import Count, Max
from django.utils import timezone

from cases.models import Case
from conflicts.models import CheckStatus, ConflictCheck
from demo.drill.deeds import Done
from demo.drill.faults import Breaker
from demo.drill.twins import MailServer, texts_taken
from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.events.models import Event
from foundation.files.models import Upload
from foundation.vault.blind import blind_index
from foundation.work.line import lines
from notifications.models import By, Channel, Fate, Message, Reply, Status
from referrals.models import Assignment, Offer

# What can happen to one thing a single time.
ONCE = (
    *("intake.submitted", "cases.opened", "files.rebuilt"),
    *("referrals.offer_made", "referrals.offer_accepted", "referrals.offer_declined"),
)


# After which a message that was taken may go once more, and how many at most: each process has one in hand.
# Where the clock jumps ahead, the lease of what is in hand is over at once.
KILLS, IN_HAND = ("worker killed", "postgres killed", "clock an hour ahead, then back"), 2


@dataclass
class Verdict:
    """`lost` and `doubled` name what; `left` is due work nobody did, `stuck` what waits on the list."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    stuck: dict[str, int] = field(default_factory=dict)
    events: int = 0

    @property
    def is_sound(self) -> bool:
        return not (self.lost or self.doubled or self.left)


def wait_until_done(seconds: float) -> None:
    """Wait until nothing is due any more: for this long, and for as long after the last lease held now.

    A worker that was killed twice over one file leaves it for twice a lease, which is no loss.
    """
    until = time.monotonic() + last_lease() + seconds
    while time.monotonic() < until and (left_over() or pending()):
        time.sleep(1)


def last_lease() -> float:
    """Return in how many seconds the last of the rows that were tried is due again."""
    now = timezone.now()
    ends = [
        line.waiting().filter(attempts__gt=0).aggregate(end=Max("next_try_at"))["end"] for line in lines()
    ]
    return max([(end - now).total_seconds() for end in ends if end], default=0.0)


def pending() -> int:
    return ConflictCheck.objects.filter(status=CheckStatus.PENDING).count()


def left_over() -> dict[str, int]:
    """Return by line how many rows were tried or are due and neither done nor stuck."""
    now = timezone.now()
    found = {
        line.key: line.due(now).count() + line.waiting().filter(attempts__gt=0).count() for line in lines()
    }
    return {key: count for key, count in found.items() if count}


def held() -> list[str]:
    """Return each row that was tried and still waits: its line, its tries, in how many seconds it is due."""
    now = timezone.now()
    rows = [(line.key, row) for line in lines() for row in line.waiting().filter(attempts__gt=0)]
    return [
        f"{key}: {row.attempts} tries, due in {(row.next_try_at - now).total_seconds():.0f} s"
        for key, row in rows
        if row.next_try_at
    ]


def stuck_on_the_list() -> dict[str, int]:
    """Return by line how many rows wait for a person; each stands on the page of stuck work."""
    rows = {line.key: line.model._base_manager.filter(stuck_at__isnull=False).count() for line in lines()}
    return {key: count for key, count in rows.items() if count}


def judge(done: Done, breaker: Breaker) -> Verdict:
    """Compare what people were told with what is there."""
    verdict = Verdict(events=Event.objects.count(), left=left_over())
    if checks := pending():
        verdict.left["names"] = checks
    verdict.stuck = stuck_on_the_list()
    verdict.lost += [f"the form of {email}" for email in done.forms if cases_of(email) == 0]
    verdict.doubled += [
        f"the form of {email}" for email in [*done.forms, *done.unsure] if cases_of(email) > 1
    ]
    papers = Upload.objects.count()
    if papers < len(done.papers):
        verdict.lost.append(f"{len(done.papers) - papers} papers")
    verdict.doubled += list(twice())
    verdict.lost += [*messages_lost(breaker.mail), *replies_lost(done), *reports_lost(done)]
    verdict.doubled += [*messages_twice(breaker), *replies_twice(done)]
    return verdict


def count_events() -> int:
    """Return how many events stand in the ledger, 0 while PostgreSQL is away."""
    try:
        with acting_as(system("drill")), each_statement_alone():
            return Event.objects.count()
    except DatabaseError:
        return 0
    finally:
        connection.close()  # the next time PostgreSQL may have died meanwhile


def messages_lost(mail: MailServer) -> Iterator[str]:
    """Yield each message that we call sent and the other side never took."""
    sent, texts = Message.objects.filter(status=Status.SENT), texts_taken()
    for key in map(str, sent.filter(channel=Channel.EMAIL).values_list("pk", flat=True)):
        if not mail.taken[key]:
            yield f"mail {key}"
    for key in map(str, sent.filter(channel=Channel.TEXT).values_list("pk", flat=True)):
        if key not in texts:
            yield f"text {key}"


def copies_of(mail: MailServer) -> Counter[str]:
    """Return by message how many copies came beyond those that the other side took without saying so."""
    mails = {key: count - 1 - mail.died[key] for key, count in mail.taken.items()}
    texts = {key: len(said) - 1 - said.count(False) for key, said in texts_taken().items()}
    return Counter({key: count for key, count in (mails | texts).items() if count > 0})


def messages_twice(breaker: Breaker) -> Iterator[str]:
    """Yield copies that no fault explains.

    One more comes for each time the other side took a message and did not say so; and where a worker, or
    PostgreSQL, was killed between its answer and our own mark.
    """
    copies = copies_of(breaker.mail)
    kills = sum(one.what in KILLS for one in breaker.faults)
    yield from (f"message {key}" for key, count in copies.items() if count > kills)
    if copies.total() > IN_HAND * kills:
        yield f"{copies.total()} copies of messages, with {kills} kills"


def reports_lost(done: Done) -> Iterator[str]:
    """Yield each text of which we took the report that it arrived, and do not know it."""
    known = Message.objects.filter(channel=Channel.TEXT, fate=Fate.DELIVERED).values_list("pk", flat=True)
    sent = Message.objects.filter(channel=Channel.TEXT, status=Status.SENT).values_list("pk", flat=True)
    reported = done.hook.reported & set(map(str, sent))
    yield from (f"the report of {key}" for key in reported - set(map(str, known)))


def replies_lost(done: Done) -> Iterator[str]:
    """Yield how many texts stand nowhere of which we said that we have them."""
    missing = len(done.hook.said) - Reply.objects.filter(by=By.TEXT).count()
    if missing > 0:
        yield f"{missing} texts of people"


def replies_twice(done: Done) -> Iterator[str]:
    """Yield how many texts stand there more often than they were sent: each came at least twice."""
    more = Reply.objects.filter(by=By.TEXT).count() - done.hook.texts
    if more > 0:
        yield f"{more} texts of people"


def cases_of(email: str) -> int:
    """Return how many cases were opened of the form with this e-mail; those of the demo have others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from cases_case c join intake_safecontact s on s.file_id = c.file_id"
            " where s.email_index = %s",
            [blind_index("email", email)],
        )
        return int(cursor.fetchone()[0])


def twice() -> Iterator[str]:
    """Yield what happened to one thing more often than it can."""
    for name in (
        "intake.submitted",
        "cases.opened",
        "referrals.offer_accepted",
        "referrals.offer_declined",
        "files.rebuilt",
    ):
        of_one = Event.objects.filter(name=name).values("subject_id").annotate(n=Count("pk")).filter(n__gt=1)
        yield from (f"{name} of {row['subject_id']}" for row in of_one)
    live = Assignment.objects.values("case_id").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"assignments of {row['case_id']}" for row in live)
    open_ones = (
        Offer.objects.filter(status="open").values("referral_id").annotate(n=Count("pk")).filter(n__gt=1)
    )
    yield from (f"open offers of {row['referral_id']}" for row in open_ones)
    told = Message.objects.filter(channel="in_app", kind__in=["case_opened", "case_urgent"])
    same = told.values("user_id", "kind", "link").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"message {row['kind']} of {row['link']}" for row in same)
    if Case.objects.values("intake_id").annotate(n=Count("pk")).filter(n__gt=1).exists():
        yield "cases of one form"
