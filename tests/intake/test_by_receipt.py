"""Pages opened empty by a receipt: a blank keeps, rows are added, a button takes back, no branch loses."""

import re

import pytest
from django.urls import reverse

from cases.actions import open_case
from foundation.events.models import Event
from intake.actions import give_receipt, save_answers, submit_intake
from intake.handlers import follow_answer
from intake.models import Answer, Applicant, EarlierAnswer, Intake, Narrative
from intake.queries import answers_of, on_path
from intake.questionnaire.fields import PartialDateField
from intake.questionnaire.path import ASKED, BY_KEY, DOCUMENTS, LATER, walk
from intake.review import review_of
from intake.sheet import Sheet
from notifications.queries import reach_of
from screening.facts import facts_from
from tests.conftest import opened
from tests.intake.test_coming_back import open_with
from tests.support.answers import typed
from tests.support.relay import deliver_due

PAGES = [page for page in LATER if page is not DOCUMENTS]
ONE = {"name": "Canary-Son", "related": "child", "birth_date": "2015"}
TWO = {"name": "Canary-Daughter", "related": "child", "birth_date": "2018-04-02"}
# An answer to every question of every page, and another; those not listed follow from their fields.
FIRST = {
    "helper_phone": "+12125550143",
    "helper_email": "helper@test.example",
    "a_number": "012345678",
    "citizenship": ["SY"],
    "family_here": [ONE],
    "state": "NY",
    "household_size": 3,
    "income": "800",
    "period": "monthly",
    "earlier_entries": "yes",
    "earlier_dates": ["2019"],
    "channels": ["call"],
    "through_name": "My aunt",
    "phone": "+12125550142",
    "email": "amina@test.example",
    "spoken_language": "ara",
}
SECOND = {
    "helper_phone": "+12125550198",
    "helper_email": "new-helper@test.example",
    "a_number": "876543210",
    "citizenship": ["TR"],
    "family_here": [TWO],
    "state": "CA",
    "household_size": 4,
    "income": "900",
    "period": "weekly",
    "earlier_entries": "unsure",
    "earlier_dates": ["2021-03"],
    "channels": ["email"],
    "through_name": "My uncle",
    "phone": "+12125550199",
    "email": "other@test.example",
    "spoken_language": "spa",
}
LINES = ("other_names", "story")
# A part alone says yes to the question it stands under.
IMPLIES = {
    "hearing_date": "has_court",
    "hearing_kind": "has_court",
    "court": "has_court",
    "asylum_interview": "has_appointment",
    "checkin": "has_appointment",
    "letter_due": "has_letter",
    "feared_name": "feared_here",
    "feared_relation": "feared_here",
    "notario_name": "notario",
    "waitlist_name": "waitlist",
    "hardship_what": "hardship",
    "i589_date": "i589",
    "i589_where": "i589",
    "i589_received": "i589_receipt",
    "i589_returned_on": "i589_returned",
    "other_country_name": "other_country",
    "other_country_long": "other_country",
}
NOT_ASKED = {"may_reach"}  # whoever holds the receipt does not say that we may
TOGETHER = {"income", "period"}  # one answer in two fields


def answer_to(page, key, known):
    """Return an answer to a question: a known one, or one that its field takes."""
    if key in known:
        return known[key]
    which = 0 if known is FIRST else 1
    field = page.make_form().fields[key]
    if isinstance(field, PartialDateField):
        return ("2021-03-10", "2022-05")[which] if field.past else ("2026-03-10", "2027-05")[which]
    choices = [code for code, _words in getattr(field, "choices", ()) if code not in ("", "none")]
    if choices:
        return [choices[which]] if type(field).__name__ == "MultipleChoiceField" else choices[which]
    return ("Canary-First", "Canary-Second")[which]


def full(page, known):
    return {key: answer_to(page, key, known) for key in page.form.questions()}


def stands(page):
    model = Narrative if page.is_secret else Answer
    value = opened(model.objects.get(page=page.key), "value").value
    return {key: value[key] for key in (*page.form.questions(), "earlier", "removed") if key in value}


@pytest.fixture
def all_answered(make_draft, now):
    """A draft with an answer to every question, of no branch in particular."""
    changes = {page.key: full(page, FIRST) for page in PAGES}
    changes["harm"]["skips_story"] = ""
    draft = make_draft(**changes)
    Intake.objects.filter(pk=draft.pk).update(story_open_at=now)
    return Intake.objects.get(pk=draft.pk)


def by_receipt(client, draft, now, *, sent):
    numbers = submit_intake(Intake.objects.get(pk=draft.pk), at=now) if sent else None
    open_with(client, numbers or give_receipt(draft, at=now))
    return client


def step(page):
    return reverse("intake:page", args=[page.number])


def expected(key, before, new):
    """What the whole answer is after `new` was written over a page that opened empty."""
    if key in LINES:
        return f"{before}\n{new}"
    return [*before, *new] if isinstance(before, list) else new


def write(client, page, values):
    response = client.post(step(page), typed(page.key, values))
    assert response.status_code == 302, (page.key, response.context["form"].errors)


def parts(page):
    """Return the questions of a page, those together that are one answer."""
    keys = [key for key in page.form.questions() if key not in NOT_ASKED]
    return [[key for key in keys if key in TOGETHER]] if set(keys) & TOGETHER else [[key] for key in keys]


@pytest.mark.parametrize("is_sent", [False, True])
def test_what_is_not_typed_again_stays_on_every_page(client, all_answered, now, is_sent):
    by_receipt(client, all_answered, now, sent=is_sent)
    for page in PAGES:
        if client.get(step(page)).status_code == 302:
            continue  # of a draft, a branch that was closed
        for keys in parts(page):
            before = {key: value for key, value in stands(page).items() if key != "earlier"}
            new = {key: answer_to(page, key, SECOND) for key in keys}
            write(client, page, new)
            after = {key: value for key, value in stands(page).items() if key != "earlier"}
            wanted = {**before, **{key: expected(key, before[key], new[key]) for key in keys}}
            if keys[0] in IMPLIES:
                wanted[IMPLIES[keys[0]]] = "yes"
            assert after == wanted, (page.key, keys)


@pytest.mark.parametrize("is_sent", [False, True])
def test_a_blank_page_changes_nothing_on_every_page(client, all_answered, now, is_sent):
    by_receipt(client, all_answered, now, sent=is_sent)
    before = {page.key: stands(page) for page in PAGES}
    for page in PAGES:
        for pressed in ("", "skip", "skip-section"):
            client.post(step(page), {"press": pressed})
    assert {page.key: stands(page) for page in PAGES} == before
    assert not EarlierAnswer.objects.exists()


def test_a_page_is_emptied_by_its_own_button_and_the_office_sees_what_it_said(client, all_answered, now):
    by_receipt(client, all_answered, now, sent=True)
    for page in PAGES:
        shown = client.get(step(page)).content.decode()
        assert ("Remove what I answered here" in shown) == (page.key != "name")
        assert client.post(step(page), {"press": "remove"}).status_code == 302
    kept = answers_of(Intake.objects.get(), purpose="test").answers
    assert set(kept) & {page.key for page in PAGES} == {"name"}
    earlier = {row.page: opened(row, "value").value for row in EarlierAnswer.objects.all()}
    seen = {p.key: full(p, FIRST) for p in PAGES if p.key != "name" and not p.is_secret}
    assert earlier == {**seen, "harm": {**seen["harm"], "skips_story": ""}}
    sheet = Sheet(Intake.objects.get(), answers_of(Intake.objects.get(), purpose="test"), now.date())
    assert review_of(sheet)


def test_what_was_removed_from_a_draft_is_asked_again(client, all_answered, now):
    by_receipt(client, all_answered, now, sent=False)
    wants = BY_KEY["help"]
    assert client.post(step(wants), {"press": "remove"}).url == step(wants)
    assert "This question is answered" not in client.get(step(wants)).content.decode()
    assert client.get(reverse("intake:start")).url == step(wants)
    write(client, wants, {"wants": ["tps"], "fear": "no"})
    assert stands(wants) == {"wants": ["tps"], "fear": "no"}


def test_a_mother_who_adds_a_third_child_keeps_two(client, make_draft, now):
    draft = make_draft(family_here={"family_here": [ONE, TWO]})
    by_receipt(client, draft, now, sent=True)
    family = BY_KEY["family_here"]
    three = {**ONE, "name": "Canary-Third"}
    for _twice in range(2):
        write(client, family, {"family_here": [three]})
    assert stands(family) == {"family_here": [ONE, TWO, three]}


def test_a_choice_that_contradicts_the_others_takes_their_place(client, make_draft, now):
    by_receipt(client, make_draft(papers={"status": ["tps", "work"]}), now, sent=True)
    papers, contact = BY_KEY["papers"], BY_KEY["reach"]
    write(client, papers, {"status": ["none"]})
    assert stands(papers)["status"] == ["none"]
    write(client, papers, {"status": ["visa"]})
    assert stands(papers)["status"] == ["visa"]
    write(client, contact, {"channels": ["visit", "through"], "through_name": "My aunt"})
    assert stands(contact)["channels"] == ["visit", "through"]


def test_a_story_is_added_to_and_what_stood_before_is_for_the_attorney(client, all_answered, now):
    by_receipt(client, all_answered, now, sent=True)
    story = BY_KEY["story"]
    write(client, story, {"story": "Canary-One"})
    write(client, story, {"story": "Canary-Two"})
    client.post(step(story), {"press": "remove"})
    kept = stands(story)
    told = "Canary-First", "Canary-First\nCanary-One", "Canary-First\nCanary-One\nCanary-Two"
    assert [one["story"] for one in kept["earlier"]] == list(told)
    assert "story" not in kept


# --- outside its branch ---------------------------------------------------------------------------


def test_an_answer_outside_its_branch_counts_and_staff_see_that_it_is(client, cast, make_draft, now):
    """Not held, and here for months; by receipt an officer who said no."""
    draft = make_draft()
    by_receipt(client, draft, now, sent=True)
    case = open_case(Intake.objects.get(), by="system:test", at=now)
    write(client, BY_KEY["fear_interview"], {"fear_interview": "refused"})
    assert facts_from(on_path(answers_of(Intake.objects.get(), purpose="test")), on=now.date()).fear_screening
    client.force_login(cast.cora)
    page = client.get(reverse("workspace:told-us", args=[case.pk])).content.decode()
    assert "Yes, and they said no" in page and page.count("Answered outside its branch") == 1


def test_a_day_in_court_written_by_receipt_says_that_there_is_a_court(client, make_draft, now):
    """Court: no; by receipt a hearing."""
    by_receipt(client, make_draft(), now, sent=True)
    write(client, BY_KEY["hearing"], {"hearing_date": "2031-05-02"})
    told = on_path(answers_of(Intake.objects.get(), purpose="test"))
    facts = facts_from(told, on=now.date())
    assert facts.individual_hearing.isoformat() == "2031-05-02" and facts.in_proceedings


@pytest.mark.parametrize(
    ("written", "filed"), [({"i589_received": "2024-05-02"}, True), ({"i589_returned": "no"}, False)]
)
def test_a_part_of_a_part_says_yes_to_both_and_a_no_says_nothing(client, make_draft, now, written, filed):
    by_receipt(client, make_draft(), now, sent=True)
    write(client, BY_KEY["asylum_form"], written)
    told = on_path(answers_of(Intake.objects.get(), purpose="test"))
    assert facts_from(told, on=now.date()).i589_filed is filed


def test_a_gate_that_is_changed_by_receipt_takes_no_answer_with_it(client, make_draft, now):
    held = {"custody": "ice", "facility": "Elizabeth"}
    draft = make_draft(where_now=held, fear_interview={"fear_interview": "refused"})
    by_receipt(client, draft, now, sent=True)
    write(client, BY_KEY["where_now"], {"custody": "no"})
    path = walk(answers_of(Intake.objects.get(), purpose="test"))
    assert path.values["fear_interview"] == "refused" and path.values["custody"] == "no"
    assert path.outside == {"fear_interview"} and path.values["facility"] == "Elizabeth"


def test_so_it_is_where_the_form_was_sent_before_what_was_asked_was_kept(client, make_draft, now, tamper):
    draft = make_draft(where_now={"custody": "ice"}, fear_interview={"fear_interview": "refused"})
    by_receipt(client, draft, now, sent=True)
    tamper("DELETE FROM intake_answer WHERE page = %s", ASKED)
    write(client, BY_KEY["where_now"], {"custody": "no"})
    assert on_path(answers_of(Intake.objects.get(), purpose="test"))["fear_interview"] == "refused"


def test_an_answer_of_a_branch_left_aside_before_sending_stays_aside(client, make_draft, now):
    draft = make_draft(fear_interview={"fear_interview": "refused"})
    by_receipt(client, draft, now, sent=True)
    write(client, BY_KEY["danger"], {"danger": "yes"})
    assert "fear_interview" not in on_path(answers_of(Intake.objects.get(), purpose="test"))
    write(client, BY_KEY["where_now"], {"custody": "ice"})
    assert on_path(answers_of(Intake.objects.get(), purpose="test"))["fear_interview"] == "refused"


def test_a_page_looks_and_answers_the_same_whatever_was_answered(client, make_draft, all_answered, now):
    """Neither a page nor what is said after a press tells what stands there."""
    seen = []
    other = make_draft(where_now={"custody": "ice"}, story={"story": "Canary-Story"})
    for draft in (all_answered, other):
        by_receipt(client, draft, now, sent=True)
        Intake.objects.filter(pk=draft.pk).update(story_open_at=now)
        for page in PAGES:
            seen.append((page.key, plain(client.get(step(page)))))
            for press in ("", "skip", "remove"):
                seen.append((page.key, plain(client.post(step(page), {"press": press}, follow=True))))
    half = len(seen) // 2
    for one, other in zip(seen[:half], seen[half:], strict=True):
        assert one == other


def plain(response):
    text = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text.split("<main")[1])


# --- who somebody is ------------------------------------------------------------------------------


def test_a_change_noted_by_its_page_s_number_is_followed_too(cast, make_draft, now):
    """Events that wait in line from before they carried the key, or from before their page was joined."""
    intake = make_draft()
    submit_intake(intake, at=now)
    page = BY_KEY["born"]
    save_answers(Intake.objects.get(), page=page.key, values={"birth_date": "1990"}, at=now)
    for data in ({"page": 7}, {"page": "custody"}, {"page": 21}):  # 7 was custody, 21 the day of birth
        assert opened(Applicant.objects.get()).birth_date == "1991-04-12"
        follow_answer(Event(name="intake.answer_replaced", subject_id=str(intake.pk), data=data))
    assert opened(Applicant.objects.get()).birth_date == "1990"


def test_the_list_shows_a_name_as_it_was_changed_and_the_old_one_is_kept(client, cast, make_draft, now):
    by_receipt(client, make_draft(), now, sent=True)
    open_case(Intake.objects.get(), by="system:test", at=now)
    write(client, BY_KEY["name"], {"family_name": "Canary-Married"})
    write(client, BY_KEY["born"], {"birth_date": "1990"})
    write(client, BY_KEY["name"], {"other_names": "Mina"})
    write(client, BY_KEY["citizenship"], {"citizenship": ["TR"]})
    deliver_due()
    person = opened(Applicant.objects.get())
    assert (person.given_names, person.family_name) == ("Amina", "Canary-Married")
    assert (person.birth_date, person.other_names, person.citizenship) == ("1990", "Mina", ["SY", "TR"])
    before = EarlierAnswer.objects.filter(page="name").earliest("replaced_at")
    assert opened(before, "value").value["family_name"] == "Canary-Surname"
    client.force_login(cast.cora)
    queue = client.get(reverse("workspace:queue")).content.decode()
    assert "Canary-Married" in queue and "Canary-Surname" not in queue


def test_how_somebody_is_reached_does_not_change_by_a_receipt_alone(client, make_draft, now):
    draft = make_draft()
    by_receipt(client, draft, now, sent=True)
    write(client, BY_KEY["reach"], {"channels": ["call"]})
    write(client, BY_KEY["reach"], {"phone": "+12125550142", "email": "thief@test.example"})
    deliver_due()
    reach = opened(reach_of(Intake.objects.get().matter_id))
    assert (reach.ways, reach.phone, reach.email) == (["email"], "", "amina@test.example")


def test_a_receipt_form_asks_for_no_number(client, make_draft, now):
    by_receipt(client, make_draft(reach={"channels": ["call"]}), now, sent=True)
    write(client, BY_KEY["reach"], {"email": "new@test.example"})
    assert stands(BY_KEY["reach"])["email"] == "new@test.example"
