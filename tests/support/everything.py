"""One of everything in our office, for tests that go over all addresses.

The stage `everything` begins where `accepted` ends: Amina's case is Ade's. Bea, an attorney too, has no case.
"""

import json
import uuid
from datetime import timedelta

from django.utils import timezone

from tests.accounts.authenticator import Passkey
from tests.files import corpus
from tests.support.answers import number_of

# What an address needs, by the word the table of addresses calls it by; filled once for each process.
THINGS: dict[str, object] = {}
CLOSED = {"reason": "other", "note": "As a test.", "papers_returned": False}


def make_everything():
    """Make one of everything, and note how to find it."""
    from cases.actions import ask_to_close
    from cases.models import Case
    from foundation.accounts.models import User
    from foundation.accounts.office_changes import change_office
    from foundation.accounts.restoring import ask_to_restore
    from referrals.models import Offer, Practitioner, Queue
    from referrals.panel_importing import import_panel

    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    now, case = timezone.now(), Case.objects.get()
    THINGS.update(practitioner=Practitioner.objects.get().pk, queue=Queue.objects.get(office=case.office).pk)
    THINGS.update(case=case.pk, person=people["bea"].pk, page=number_of("where_now"))
    THINGS["date-kind"] = "deadline"
    THINGS.update(token="0" * 64, iso3="som", kind="call", passkey=passkey_of(people["cora"]).pk)
    THINGS["panel-import"] = import_panel(case.office, rows=[], by=people["ines"], at=now).pk
    THINGS["office-change"] = change_office(case.office, look_days=9, by=people["ines"], at=now).pk
    THINGS["restoration"] = ask_to_restore(people["bea"], how="known", by=people["ines"], at=now).pk
    _other_office(people["otto"].office)
    _names(case, people, now)
    _papers(case, people, now)
    _forms(people, now)
    _library(case, people, now)
    THINGS["offer"] = _offer(people, now)
    _firm(case.office, people, now)
    _letters(case, people, now)
    _talk(case, now)
    _wordings(case.office, people, now)
    _told(people, now)
    _packets(case, people, now)
    _work(case, people, now)
    _other_help(people, now)
    assert Offer.objects.filter(status="open").count() == 1
    ask_to_close(case, **CLOSED, ended_on=case.office.today(now), by=people["ade"], at=now)
    _colleagues(case, people, now)
    _lists(case, people, now)
    _stuck(people, now)
    THINGS["deadline"] = _date_of_the_law(case).pk


def _lists(case, people, now):
    """Make a tag, a list that Cora saved, and something she did to many cases at once."""
    from cases import actions

    cora = people["cora"]
    THINGS["worker"] = cora.pk
    THINGS["tag"] = actions.make_tag(case.office, name="clinic", by=people["ines"], at=now).pk
    saved = actions.save_search(name="Mine", asked={"tab": "mine"}, is_shared=False, by=cora, at=now)
    THINGS["saved-list"] = saved.pk
    done = actions.assign_many([case], to=None, link="/cases/", by=cora, at=now)
    THINGS["list-change"] = done.change.pk


def _date_of_the_law(case):
    """Return the next date of a case that is open and no hearing's, after all that was made of the case."""
    from cases.models import Deadline
    from casework.models import HearingKind

    dates = Deadline.objects.filter(case=case, status="open", date__isnull=False)
    return dates.exclude(key__in=HearingKind.values).order_by("date").first()


def passkey_of(user):
    from allauth.mfa.models import Authenticator

    made = Passkey().register({"publicKey": {"challenge": "YQ"}})
    data = {"name": "blue", "credential": json.loads(made)}
    return Authenticator.objects.create(user=user, type="webauthn", data=data)


def _other_office(other):
    """Give the other office an attorney and an administrator beside Otto."""
    from foundation.accounts.models import Membership, Role, User
    from tests.conftest import give_code_app

    for name, role in (("oda", Role.ATTORNEY), ("olga", Role.ADMINISTRATOR)):
        user = User.objects.create(email=f"{name}@test.example", password="!", name=name.title())
        Membership.objects.create(user=user, office=other, roles=[role])
        give_code_app(user)


def _names(case, people, now):
    """Make pairs to decide, a name no program reads, two requests put together, a fence, a list, a search."""
    from conflicts import actions
    from conflicts.models import ConflictCheck, ConflictHit, Party
    from tests.conftest import answer_names, case_of

    cora, ade = people["cora"], people["ade"]
    feared = {"role": "feared", "name": "Yusuf al-Rahman", "birth_date": "1980"}
    THINGS["party"] = actions.add_party(case.matter, **feared, by=cora, at=now).pk
    case_of(_draft(case.office, "Yousef", "Rahman", born={"birth_date": "1980-05-06"}))
    THINGS["hit"] = ConflictHit.objects.exclude(status="superseded").get(kind="conflict").pk
    number = {"born": {"a_number": "A012345678"}}
    for given in ("Wilhelmina", "Berend"):
        kept = case_of(_draft(case.office, given, "Oosterhuis", **number))
    twice = ConflictHit.objects.get(kind="duplicate", matter_id=kept.matter_id, status="open")
    together = actions.put_together(twice, keep=twice.matter_id, reason="One person.", by=cora, at=now)
    THINGS["together"] = together.pk
    fenced = {"user": people["bea"], "office_id": case.office_id, "by": people["ines"], "at": now}
    actions.fence(kept.matter_id, **fenced)
    from conflicts.models import RingFence

    THINGS["fence"] = RingFence.objects.get().pk
    from referrals.list_importing import import_own_list
    from referrals.models import Assignment

    actions.keep_own_list(["Ivan Petrov"], by=ade, at=now)
    THINGS["assignment"] = Assignment.objects.get(case=case).pk
    THINGS["listed"] = Party.objects.get(user=ade).pk
    THINGS["list-import"] = import_own_list(["Ivan Sidorov"], by=ade, at=now).pk
    long = " ".join(f"Anna{letter}" for letter in "abcdefghijklmnopqrs")
    actions.add_party(case.matter, role="family", name=long, by=cora, at=now)
    THINGS["search"] = actions.search_names("Yousef", by=cora, at=now).pk
    answer_names()
    unread = ConflictCheck.objects.filter(matter_id=case.matter_id, unread__gt=0)
    THINGS["check"] = unread.latest("asked_at").pk


def _draft(office, given, family, **changes):
    from tests.conftest import draft_in

    phone = f"+1212555{uuid.uuid4().int % 10_000:04d}"
    changes.setdefault("reach", {"channels": ["call"], "phone": phone})
    return draft_in(office, name={"given_names": given, "family_name": family}, **changes)


def _talk(case, now):
    """Have somebody write by receipt, and a number that is nobody's send a text."""
    from django.db import transaction

    from notifications.arrivals import LINE, take_in
    from notifications.gateway import Came
    from notifications.inbound_models import Placed, Reply
    from notifications.talk import write_by_receipt

    text = Came("a-text", "text", sender="+12125559999", words="Who is this?")
    with transaction.atomic():
        take_in([text], office=case.office, at=now)
    LINE.work_off()
    THINGS["lost"] = Reply.objects.exclude(placed=Placed.YES).get().pk
    write_by_receipt(case.matter, words="I have a question", at=now)
    THINGS["reply"] = Reply.objects.get(matter_id=case.matter_id).pk


def _papers(case, people, now):
    """Send a letter and have it rebuilt; let a judge set a date."""
    from cases import actions, law
    from foundation.files import uploads, work
    from foundation.files.receiving import ReceivedFile

    letter = ReceivedFile("letter.pdf")
    letter.add(corpus.letter())
    letter.complete()
    (outcome,) = uploads.receive_files([letter], matter=case.matter, by="applicant", at=now, on=now.date())
    letter.close()
    work.LINE.work_off()
    THINGS["upload"] = outcome.upload.pk
    (asked,) = actions.ask_for_papers(case, codes=["court"], by=people["cora"], at=now)
    THINGS.update(asked=asked.pk, number=asked.number)
    rule = {"replaces": "evidence_individual_nondetained", "source": "Order, page 2"}
    day = now.date() + timedelta(days=90)
    THINGS["judge"] = actions.set_judge_date(case, **rule, date=day, by=people["ade"], at=now).pk
    received = {"form": "i589", "received": now.date().isoformat()}
    said = {"kind": "call", "words": "", "is_safe": False, "asks": False}
    THINGS["posting"] = actions.post_to_person(case, **said, by=people["cora"], at=now).pk
    THINGS["question"] = actions.ask_person(case, words="Since when?", by=people["cora"], at=now).pk
    THINGS["filing"] = actions.record_filing(case, **received, by=people["ade"], at=now).pk
    THINGS["reader"] = law.name_law_reader(people["bea"], by=people["ines"], at=now).pk
    THINGS["law-row"] = "oyd_outer"
    THINGS["run"] = actions.start_try(settings={"max_pct": 150}, files={}, by=people["cora"], at=now).pk


def _letters(case, people, now):
    """Write the words of a letter that promises nothing, and a letter."""
    from letters.actions import write_letter, write_template

    words = {"kind": "appointment", "language": "en", "text": "Dear {person}, come on {day}."}
    version = write_template(case.office, **words, by=people["ines"], at=now)
    THINGS.update({"letter-version": version.pk, "letter-kind": "appointment", "language": "en"})
    THINGS["letter"] = write_letter(case, template=version, text="Dear you.", by=people["cora"], at=now).pk


def _told(people, now):
    from notifications.actions import notify_user
    from notifications.queries import inbox_of

    notify_user(people["cora"], kind="mentioned", link="/cases/", at=now)
    THINGS["message"] = inbox_of(people["cora"]).first().pk


def _wordings(office, people, now):
    """Write the words of a message in place of the program's."""
    from notifications.wording import write_wording

    words = {"title": "You have a message", "body": "Please call us."}
    version = write_wording(office, kind="news", language="en", **words, by=people["ines"], at=now)
    THINGS.update({"wording": version.pk, "message-kind": "news"})


def _packets(case, people, now):
    """Put a packet together, as if it had been built and filed."""
    from foundation.files.actions import store_file
    from packets import actions, declaring
    from packets.models import Build, Lodging, Volume

    by = {"by": people["ade"], "at": now}
    packet = actions.begin_packet(case, cover={"title": "EXHIBITS"}, **by)
    exhibit = actions.add_exhibit(packet, upload_id=THINGS["upload"], about={}, **by)
    build = Build.objects.create(
        **packet.matter.columns, packet=packet, status="built", asked_by=people["ade"], asked_at=now
    )
    kept = {"name": "p.pdf", "content_type": "application/pdf", "on": now.date(), "of_staff": True}
    stored = store_file([b"%PDF-1.4"], matter=packet.matter, **kept)
    Volume.objects.create(**packet.matter.columns, build=build, number=1, stored=stored)
    filed = {"packet": packet, "build": build, "method": "mail", "filed_on": now.date(), **by}
    lodging = Lodging.objects.create(**packet.matter.columns, **filed)
    THINGS.update({"packet": packet.pk, "exhibit": exhibit.pk, "way": "up", "build": build.pk})
    THINGS.update({"volume-number": 1, "lodging": lodging.pk})
    declaration = declaring.begin_declaration(case, who="Amina", language="Arabic", **by)
    paragraph = declaring.add_paragraph(declaration, english="I was born.", original="", **by)
    THINGS.update({"declaration": declaration.pk, "paragraph": paragraph.pk, "form": "i589"})


def _work(case, people, now):
    """Plan a task, an appointment and a hearing; note a try. Each is asked for once a visit settles it."""
    from casework import actions

    by = {"by": people["cora"], "at": now}
    later = now + timedelta(days=40)
    THINGS.update(tab="no-such-tab", how="done")
    task = {"words": "Call the clinic", "due_on": later.date(), "owner": None}
    THINGS["task"] = actions.add_task(case, **task, **by).pk
    THINGS["try"] = actions.note_try(case, way="call", result="no_answer", tried_at=now, **by).pk
    meeting = {"meeting": "phone", "starts_at": later, "interpreter": "to_book"}
    small = {"kind": "interpreting", "language": "", "amount": 2, "due_on": later.date(), "days": 3}
    THINGS.update({"small": actions.ask_small_task(case, **small, **by).pk, "small-do": "take"})
    THINGS["appointment"] = actions.make_appointment(case, **meeting, **by).pk
    hours = {"day": case.office.today(now), "minutes": 90, "kind": "talks"}
    THINGS["hours"] = actions.log_hours(case, **hours, by=people["ade"], at=now).pk
    THINGS["hearing"] = actions.note_hearing(case, kind="master_hearing", starts_at=later, **by).pk


def _forms(people, now):
    """Begin a form on the telephone."""
    from intake.actions import start_intake

    office = people["cora"].office
    first = {"office": office, "matter_id": uuid.uuid4(), "language": "en", "typed_by": people["cora"]}
    THINGS["draft"] = start_intake(**first, at=now).pk


def _library(case, people, now):
    """Keep a source, cite it, collect it, ask for an address; lay two editions on the shelf."""
    from evidence.actions.claims import add_claim_point, cite_passage
    from evidence.actions.collections import collect, make_collection
    from evidence.actions.library import add_document
    from evidence.actions.links import add_link
    from evidence.models import Passage, ReportPassage
    from tests.evidence.test_shelf import load

    ade = people["ade"]
    load()
    shelved = ReportPassage.objects.first()
    THINGS.update(report=shelved.report_id, shelved=shelved.pk)
    text = "A title\n\n“It was shelled,” said Lena Okoro."
    document = add_document(text, capture="paste", by=ade, at=now)
    passage = Passage.objects.filter(snapshot__document=document).first()
    point = add_claim_point(case, ground="race", assertion="Shelled.", by=ade, at=now)
    words = {"relation": "supports", "note": "n"}
    citation = cite_passage(passage, claim_point=point, **words, by=ade, at=now)
    THINGS.update(document=document.pk, passage=passage.pk, point=point.pk, citation=citation.pk)
    collection = make_collection(name="Hospitals", by=ade, at=now)
    collect(document, collection=collection, by=ade, at=now)
    THINGS.update(collection=collection.pk, collected=collection.collected.get().pk)
    THINGS["link"] = add_link("https://site.example/page", kind="report", by=ade, at=now).pk


def _offer(people, now):
    """Offer a further case to Ade."""
    from cases.models import Case
    from referrals.actions import ask_about_offer, offer_referral, refer_case, write_synopsis
    from referrals.models import Practitioner, Queue
    from tests.conftest import answer_names, case_of, triage

    cora = people["cora"]
    case = case_of(_draft(cora.office, "Selamawit", "Tesfaldet"))
    triage(case, by=cora, at=now)
    case.refresh_from_db()
    referral = refer_case(case, queue=Queue.objects.get(office=cora.office), by=cora, at=now)
    offer = offer_referral(referral, practitioner=Practitioner.objects.get(), by=cora, at=now)
    answer_names()
    asked = {"question": "Is there a phone?", "by": people["ade"], "at": now}
    THINGS["offer-question"] = ask_about_offer(offer, **asked).pk
    _board(referral, now)
    said = {"headline": "Adult", "text": "", "hours": "", "brings": [], "seen": ""}
    THINGS["synopsis"] = write_synopsis(Case.objects.get(pk=THINGS["case"]), **said, by=cora, at=now).pk
    return offer.pk


def _board(referral, now):
    """Put a referral on the board, and have Ade ask for it."""
    from referrals.board import keep_listing
    from referrals.models import Interest, Listing, Practitioner

    keep_listing(referral, at=now)
    THINGS["listing"] = Listing.objects.get(referral=referral).pk
    asks = {"referral": referral, "practitioner": Practitioner.objects.get(), "said_at": now}
    THINGS["interest"] = Interest.objects.create(**referral.matter.columns, **asks).pk


def _firm(office, people, now):
    """Put Ade and a colleague into a firm for which Ade answers; a training, and who had it."""
    from foundation.accounts.models import Role
    from referrals import training
    from referrals.models import Practitioner
    from tests.support.firms import firm_of
    from tests.support.people import join

    made = {"by": people["ines"], "at": now}
    cal = join(office, "cal", Role.ATTORNEY)
    THINGS["firm"] = firm_of(office, coordinator=people["ade"], people=[cal], **made).pk
    THINGS["colleague"] = Practitioner.objects.get(user=cal).pk
    listed = training.list_training(office, name="Trauma", **made)
    ade = Practitioner.objects.select_related("office").get(user=people["ade"])
    noted = training.note_training(ade, training=listed, taken_on=office.today(now), **made)
    THINGS.update(training=listed.pk, trained=noted.pk)


def _other_help(people, now):
    """Keep an organization and an import in the directory; ask the organization to take somebody."""
    from directory.models import DirectoryImport
    from referrals.links import token_for
    from tests.conftest import case_of
    from tests.support.handing import ask, organization

    cora = people["cora"]
    harbor = organization(cora.office, by=cora, at=now)
    batch = DirectoryImport.objects.create(office=cora.office, imported_by=cora, imported_at=now)
    case = case_of(_draft(cora.office, "Tsegaye", "Woldemikael"))
    asked = ask(case, to=harbor, by=cora, at=now)
    THINGS.update({"organization": harbor.pk, "import": batch.pk, "hand-over": token_for(asked.pk)})


def _colleagues(case, people, now):
    """A supervisor, an assistant of Ade's, a security officer; somebody away; a step for a second."""
    from cases.models import Step
    from cases.seconds import note_done
    from foundation.accounts.away import say_away
    from foundation.accounts.models import Role
    from tests.support.people import assist, join

    office, cora = case.office, people["cora"]
    join(office, "sura", Role.SUPERVISOR)
    join(office, "seb", Role.SECURITY)
    asha = join(office, "asha", Role.ASSISTANT)
    THINGS["assistance"] = assist(asha, people["ade"], by=people["ines"]).pk
    far = office.today(now) + timedelta(days=100)
    THINGS["away"] = say_away(cora, starts_on=far, ends_on=far, cover=None, by=cora, at=now).pk
    THINGS["look"] = note_done(case, Step.HELD, details={}, by=cora, at=now).pk


def _stuck(people, now):
    """Leave a mail stuck."""
    from foundation.work.line import line_of
    from notifications.actions import notify_user

    notify_user(people["ade"], kind="offer_received", at=now)
    mail = line_of("mail").waiting().first()
    line_of("mail").waiting().filter(pk=mail.pk).update(stuck_at=now)
    THINGS.update(line="mail", row=mail.pk)
