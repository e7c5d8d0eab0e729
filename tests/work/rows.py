"""How to make a due row of each line: a new line gets an entry here, and every test of this folder."""

import uuid

from django.db import transaction

from cases.actions import start_try
from cases.models import Case
from evidence.actions.library import add_document
from evidence.actions.links import add_link
from evidence.models import Recognition
from foundation.events.ledger import record
from foundation.files.receiving import ReceivedFile
from foundation.files.uploads import receive_files
from foundation.work.models import in_line
from intake.actions import save_answers, start_intake
from intake.models import Applicant
from notifications.actions import notify_user
from notifications.arrivals import take_in
from notifications.gateway import Came
from packets.models import Build, FoundText, Packet
from referrals.models import Cascade, Queue, Referral
from screening.models import Band
from tests.files import corpus


def deliveries(cast, now):
    with transaction.atomic():
        record("vault.alarm_raised", draft(cast, now), by="system:test", at=now)


def mail(cast, now):
    notify_user(cast.ade, kind="offer_received", at=now)


def draft(cast, now):
    return start_intake(office=cast.office, matter_id=uuid.uuid4(), language="en", at=now)


def uploads(cast, now):
    photo = ReceivedFile("a.jpg")
    photo.add(corpus.photo())
    photo.complete()
    receive_files([photo], matter=draft(cast, now).matter, by="applicant", at=now, on=now.date())
    photo.close()


def names(cast, now):
    save_answers(draft(cast, now), page="name", values={"given_names": "Amina"}, at=now)


def links(cast, now):
    add_link("https://site.example/page", kind="report", by=cast.ade, at=now)


def recognition(cast, now):
    n = Recognition.objects.count()
    source = add_document(f"A title {n}\n\nA paragraph.", capture="paste", by=cast.ade, at=now)
    asked = {"asked_by": cast.ade, "asked_at": now, "next_try_at": now}
    Recognition.objects.create(office=cast.office, document=source, **asked)


def rules(cast, now):
    start_try(settings={"max_pct": 150}, files={}, by=cast.cora, at=now)


def bare_case(cast, now):
    """Make a case as a row alone: opening one works off other lines."""
    intake = draft(cast, now)
    opened = {"band": Band.MEDIUM, "score": 0, "look_by": now.date()}
    opened |= {"opened_at": now, "waits_since": now}
    person = Applicant.objects.create(**intake.matter.columns, language="en", created_at=now)
    about = {"intake": intake, "applicant": person, "reference": intake.pk.hex[:9], **opened}
    return Case.objects.create(**intake.matter.columns, **about)


def packets(cast, now):
    case = bare_case(cast, now)
    made = {"made_by": cast.ade, "made_at": now, "changed_at": now}
    packet = Packet.objects.create(**case.matter.columns, case=case, **made)
    asked = {"asked_by": cast.ade, "asked_at": now, **in_line(now)}
    Build.objects.create(**packet.matter.columns, packet=packet, **asked)


def packet_texts(cast, now):
    n = FoundText.objects.count()
    source = add_document(f"A print {n}\n\nA paragraph.", capture="paste", by=cast.ade, at=now)
    asked = {"asked_by": cast.ade, "asked_at": now, **in_line(now)}
    FoundText.objects.create(**draft(cast, now).matter.columns, snapshot=source.snapshots.get(), **asked)


def cascades(cast, now):
    case = bare_case(cast, now)
    referred = {"queue": Queue.objects.first(), "referred_by": cast.cora, "referred_at": now}
    referral = Referral.objects.create(**case.matter.columns, case=case, **referred)
    made = {"minutes": 480, "made_by": cast.cora, "made_at": now, **in_line(now)}
    Cascade.objects.create(**case.matter.columns, referral=referral, **made)


def arrivals(cast, now):
    came = Came(str(uuid.uuid4()), "text", sender="+12125550100", words="Hello")
    with transaction.atomic():
        take_in([came], office=cast.office, at=now)


OURS = (
    *(arrivals, deliveries, mail, uploads, names, links, recognition, rules, packets, packet_texts),
    cascades,
)
MAKERS = {make.__name__: make for make in OURS}
