"""What a caseworker does with a case that is not ours, on its pages."""

import re

import pytest
from django.urls import reverse

from cases.models import Case
from conflicts.models import Standing
from foundation.events.models import Event
from referrals.models import HandOver
from tests.support.handing import SUMMARY, ask, organization, say_yes


@pytest.fixture
def harbor(cast, now):
    return organization(cast.office, by=cast.cora, at=now)


@pytest.fixture
def cora(client, cast):
    client.force_login(cast.cora)
    return client


def address(name, case, *more):
    return reverse(f"workspace:{name}", args=[case.pk, *more])


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def asked(case, now, **changes):
    today = case.office.today(now).isoformat()
    said = {"consent_how": "in_person", "consent_on": today, "summary": SUMMARY, "sent_how": "phone"}
    return {**said, "days": "3", **changes}


def test_the_case_page_leads_there_and_the_page_names_who_suits_first(cora, case, cast, harbor, now):
    organization(cast.office, by=cast.cora, at=now, name="Full Aid", taking="full")
    assert address("hand-over", case) in cora.get(case.get_absolute_url()).content.decode()
    page = words(cora.get(address("hand-over", case)))
    assert page.index("Harbor Aid") < page.index("Others, and why not") < page.index("Full Aid")
    assert "takes nobody now" in page


def test_asking_begins_with_a_draft_and_shows_the_link_once(cora, case, harbor, now):
    page = words(cora.get(address("hand-over-ask", case, harbor.pk)))
    assert "Language:" in page and "Canary" not in page.split("What the organization reads")[1]
    answer = cora.post(address("hand-over-ask", case, harbor.pk), asked(case, now))
    assert answer.status_code == 200
    link = re.search(r"/hand-over/([0-9a-f]{64})/", answer.content.decode())[1]
    assert link not in cora.get(address("hand-over", case)).content.decode()
    assert cora.post(address("hand-over-ask", case, harbor.pk), asked(case, now)).status_code == 409


def test_a_summary_that_tells_who_it_is_is_refused_and_stays_typed(cora, case, harbor, now):
    typed = asked(case, now, summary="Ms. Canary needs a lawyer")
    answer = cora.post(address("hand-over-ask", case, harbor.pk), typed)
    assert answer.status_code == 422 and "Take out: Canary" in words(answer)
    assert "Ms. Canary needs a lawyer" in answer.content.decode() and not HandOver.objects.exists()


@pytest.mark.parametrize("missing", ["consent_how", "consent_on", "summary", "sent_how", "days"])
def test_without_the_persons_yes_and_the_rest_nothing_is_asked(cora, case, harbor, now, missing):
    answer = cora.post(address("hand-over-ask", case, harbor.pk), asked(case, now, **{missing: ""}))
    assert answer.status_code == 422 and not HandOver.objects.exists()


def test_only_the_telephone_is_left_for_whom_the_directory_has_no_mail(cora, case, cast, now):
    mute = organization(cast.office, by=cast.cora, at=now, email="")
    page = cora.get(address("hand-over-ask", case, mute.pk)).content.decode()
    assert 'value="phone"' in page and 'value="email"' not in page


def test_a_telephone_answer_then_the_names_end_the_case(cora, case, cast, harbor, now):
    ask(case, to=harbor, by=cast.cora, at=now)
    page = words(cora.get(address("hand-over", case)))
    assert "The organization is asked" in page and "Ask them" not in page
    bad = cora.post(address("hand-over-answer", case), {"says": "accepted"})
    assert bad.status_code == 422
    cora.post(address("hand-over-answer", case), {"says": "accepted", "spoke_with": "Ms. Lee"})
    assert "Give them the names by a safe way" in words(cora.get(address("hand-over", case)))
    done = cora.post(address("hand-over-names", case), {"how": "phone", "spoke_with": ""})
    assert done.url == case.get_absolute_url()
    page = words(cora.get(case.get_absolute_url()))
    assert "Handed over" in page and "tell the person how it ended" in page
    assert words(cora.get(address("hand-over", case))).count("Ms. Lee") == 1


def test_an_urgent_case_waits_for_a_person_there(cora, case, cast, harbor, now):
    Case.objects.filter(pk=case.pk).update(band="CRITICAL")
    made = ask(case, to=harbor, by=cast.cora, at=now)
    say_yes(made, by=cast.cora, at=now)
    HandOver.objects.filter(pk=made.pk).update(reached_at=None, reached_by=None)
    answer = cora.post(address("hand-over-names", case), {"how": "phone", "spoke_with": ""})
    assert answer.status_code == 422 and "speak with a person there" in words(answer)
    assert Case.objects.get(pk=case.pk).is_open


def test_while_the_names_are_not_clear_the_page_says_where_the_person_can_go(cora, case, harbor):
    Standing.objects.filter(matter_id=case.matter_id).update(state="possible")
    page = words(cora.get(address("hand-over", case)))
    assert "nothing of it goes out, to nobody" in page and "Ask them" not in page and "Harbor Aid" in page
    cora.post(address("told-of", case), {"organizations": [harbor.pk]})
    assert case.told_of.get().organization == harbor
    cora.post(address("told-of", case), {"organizations": [harbor.pk]})
    assert case.told_of.count() == 1
    assert Event.objects.filter(name="referrals.told_of").count() == 1


def test_declining_shows_who_else_may_help_and_the_teller_reads_of_whom_they_are_told(
    cora, case, cast, harbor, now
):
    far = organization(cast.office, by=cast.cora, at=now, name="Far Aid")
    page = words(cora.get(address("decline", case)))
    assert page.index("Harbor Aid") < page.index("Why is the case declined?")
    answer = cora.post(address("decline", case), {"reason": "", "organizations": [harbor.pk]})
    assert answer.status_code == 422 and not case.told_of.exists()
    answer = cora.post(address("decline", case), {"reason": "has moved", "organizations": [harbor.pk]})
    assert answer.url == case.get_absolute_url()
    page = words(cora.get(case.get_absolute_url()))
    assert "Tell them who else may help" in page and "Harbor Aid" in page and "(212) 555-0123" in page
    assert far.name not in page


def test_a_critical_case_is_not_declined_and_nothing_of_it_is_kept(cora, case, harbor):
    Case.objects.filter(pk=case.pk).update(band="CRITICAL")
    answer = cora.post(address("decline", case), {"reason": "full", "organizations": [harbor.pk]})
    assert answer.status_code == 422 and "hand the person over" in words(answer)
    assert not case.told_of.exists()


def test_an_organization_of_another_office_is_not_there(cora, case, cast, now):
    theirs = organization(cast.other, by=cast.otto, at=now)
    assert cora.get(address("hand-over-ask", case, theirs.pk)).status_code == 404
    assert cora.post(address("told-of", case), {"organizations": [theirs.pk]}).status_code == 422


@pytest.mark.parametrize("button", ["rescind", "seen"])
def test_a_button_without_a_hand_over_says_that_it_is_over(cora, case, button):
    answer = cora.post(address(f"hand-over-{button}", case))
    assert answer.status_code == 409 and "This is over" in words(answer)


def test_what_was_handed_over_before_there_was_a_directory_still_opens(cora, case, cast, now):
    """Its note was sealed in the table of then, and is bound to that name."""
    old = {"case": case, "receiver": "Old Aid", "status": "done", "note": "Agreed with Ms. Lee"}
    row = HandOver.objects.create(**case.matter.columns, **old, asked_by=cast.cora, asked_at=now)
    assert b"|referrals_outsidereferral.note|" in HandOver._meta.get_field("note").place(row)
    page = words(cora.get(address("hand-over", case)))
    assert "Old Aid" in page and "Agreed with Ms. Lee" in page and "Handed over" in page
