"""The whole questionnaire, as different people go through it. Together they answer all questions."""

import io

import pytest
from PIL import Image

from intake.questionnaire.path import BY_KEY, REVIEW
from intake.words import date_words
from tests.journeys.conftest import CODE
from tests.journeys.form import (
    ANSWERED,
    answer_page,
    answer_section,
    begin,
    cases_of,
    come_back,
    day,
    fill_in,
    number_in,
    numbers_of,
    usual,
)
from tests.journeys.test_office_from_nothing import NEW
from tests.journeys.test_people import invite
from tests.journeys.test_sign_in import at
from tests.running import wait_until
from tests.support.answers import address_of, number_of


@pytest.fixture(scope="module")
def photo(tmp_path_factory):
    """A photo as a phone makes it, under a name that tells too much."""
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(out, "JPEG")
    path = tmp_path_factory.mktemp("photos") / "my letter.jpg"
    path.write_bytes(out.getvalue())
    return path


def test_someone_with_a_long_history_answers_what_it_asks(stack, visit, photo):
    amina = visit()
    fill_in(
        amina,
        family="Long-History",
        name={
            "given_names": "Zubaida",
            "middle_names": "Noor",
            "family_name": "Long-History",
            "other_names": "Mina\nAminah",
        },
        files=[str(photo)],
        hearing={
            "has_court": "yes",
            "hearing_date": day(60),
            "hearing_kind": "individual",
            "court": "Newark Immigration Court, NJ",
        },
        born={"a_number": "A 219 555 301"},
        refused={"decision": "judge", "decision_date": day(-20)},
        due={"has_letter": "yes", "letter_due": day(30)},
        family_here={"name_1": "Ignatius Long-History", "related_1": "child", "born_1": "2015"},
        feared_here={
            "feared_here": "yes",
            "feared_name": "Wendelin Oberhofer",
            "feared_relation": "a cousin",
        },
        others_helped={"waitlist": "yes", "waitlist_name": "Another group"},
        money={"income": "9000", "period": "monthly", "benefits": "no"},
        hardship={"hardship": "yes", "hardship_what": "doctor bills"},
        coming={"arrival": day(-800), "entry": "visa", "earlier_entries": "yes", "earlier_1": "2019-05"},
        asylum_form={"i589": "yes", "i589_date": "2025-06", "i589_where": "uscis"},
        papers={"status": ["visa", "work"], "status_end": "2027"},
        harm={"harm_past": "yes", "harm_who": ["state", "group"], "harm_why": ["politics"]},
        torture_elsewhere={
            "torture": "unsure",
            "other_country": "yes",
            "other_country_name": "Turkey",
            "other_country_long": "a year",
        },
        us_harm={"us_harm": "no"},
        arrests={"arrests": "lawyer"},
        reach={"channels": ["email", "through"], "through_name": "my aunt", "safe_times": "mornings"},
        home={"address": "12 Example St"},
        speaking={
            "spoken_language": "ara",
            "dialect": "Aleppo",
            "interpreter_gender": "woman",
            "access": ["read"],
            "access_what": "read it to me",
        },
    )
    for seen in (
        "Long-History",
        "Ignatius",
        "doctor bills",
        "May 2019",
        "Kept for you and your lawyer alone",
    ):
        assert amina.sees(seen), seen
    amina.submit()
    ANSWERED.add(REVIEW.key)
    receipt = numbers_of(amina)
    case = wait_until(lambda: cases_of(stack, "Long-History"))[0][0]
    wait_until(lambda: stack.ask("select 1 from files_upload where status = 'rebuilt'"))

    clear = (
        "select 1 from conflicts_conflictcheck k join cases_case c on c.file_id = k.file_id"
        " where c.id = %s and k.kind = 'submitted' and k.status = 'clear'"
    )
    wait_until(lambda: stack.ask(clear, case))

    # A caseworker reads it, sees the paper, and opens the question about her own words.
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/papers/")
    assert cora.sees("Papers") and cora.sees("my letter")
    cora.open(f"/cases/{case}/told-us/")
    cora.press("Invite them to tell their story")
    cora.check()

    # She comes back on another device, tells it, asks for a call, and changes an answer unseen.
    back = visit()
    come_back(back, *receipt)
    back.page.get_by_role("link", name="There is one more question, if you want").click()
    back.check()
    answer_page(back, {"story": {"story": "Canary: what happened in March"}})
    back.page.get_by_role("link", name="Add or change an answer").click()
    back.check()
    back.page.locator(f"a[href='{address_of('coming')}']").click()
    back.check()
    assert not back.page.locator("input[checked]").count()
    back.choose("entry", "ewi")
    back.submit()
    back.press("Please call me")
    assert back.sees("We will call you")
    for never in ("Long-History", "Zubaida", "my letter", "Canary"):
        assert not back.sees(never)
    wait_until(lambda: stack.ask("select 1 from screening_screening where why = 'answers'"))
    cora.open(f"/cases/{case}/")
    assert cora.sees("Somebody with the receipt asks") and not cora.sees("Canary")
    cora.open(f"/cases/{case}/told-us/")
    assert cora.page.locator("summary", has_text="changed after they were sent").count()
    cora.open(f"/cases/{case}/")
    cora.press("Called")


def test_someone_without_javascript_and_with_a_paper(stack, visit, photo):
    amina = visit(java_script_enabled=False)
    amina.check = lambda: None  # axe is a script itself
    letter = {"has_letter": "yes", "letter_due": day(30)}
    fill_in(amina, family="No-Script", files=[str(photo)], looked_at=False, due=letter)
    assert amina.sees(date_words(day(30)))
    amina.submit()
    assert amina.page.url.endswith("/receipt/")
    wait_until(lambda: cases_of(stack, "No-Script"))


def test_someone_goes_on_on_a_second_device(stack, visit):
    first = visit()
    fill_in(first, family="Second-Device", until="born", looked_at=False)
    first.page.get_by_role("link", name="Stop for now").click()
    first.check()
    first.press("Show me my two numbers")
    receipt = numbers_of(first)
    first.press("I stop here for now")

    second = visit()
    come_back(second, *receipt)
    assert second.sees("Answered") and not second.sees("Second-Device")
    second.open(address_of("name"))
    assert second.sees("This question is answered") and second.page.input_value("[name=family_name]") == ""
    second.open("/review/")
    second.page.get_by_role("link", name="Go on with the form").click()
    while number_in(second.page.url):
        answer_page(second, usual("Second-Device"))
    assert not second.sees("Second-Device")
    second.submit()
    assert second.sees("Keep the two numbers you wrote down before")
    wait_until(lambda: cases_of(stack, "Second-Device"))


def test_a_helper_fills_it_in_for_somebody(stack, visit):
    hana = visit()
    fill_in(hana, family="Through-Helper", who="helper")
    assert hana.sees("Hana Helper") and not hana.sees("Why you are afraid")
    hana.submit()
    receipt = numbers_of(hana)
    case = wait_until(lambda: cases_of(stack, "Through-Helper"))[0][0]
    again = visit()
    come_back(again, *receipt)
    assert again.sees("Please call me") and not again.sees("Delete my answers")
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/told-us/")
    cora.press("I have spoken with the person alone")
    again.open("/return/mine/")
    assert again.sees("Delete my answers")


def test_a_child_alone_is_asked_less(stack, visit):
    selam = visit()
    fill_in(
        selam,
        family="Child-Alone",
        looked_at=False,
        born={"birth_date": day(-365 * 15)},
        harm={"harm_past": "yes"},
        child_parent={"child_parent": "yes"},
        help={"wants": ["sij"]},
    )
    assert not selam.sees("How much money") and selam.sees("Is there a parent you cannot live with")
    selam.submit()
    wait_until(lambda: cases_of(stack, "Child-Alone"))


def test_someone_who_is_held_sees_whom_to_call_at_once(stack, visit):
    held = visit(locale="ar")
    fill_in(
        held,
        family="Held",
        looked_at=False,
        where_now={"custody": "ice", "facility": "Adelanto"},
        fear_interview={"fear_interview": "refused"},
        coming={"arrival": day(-800)},
    )
    held.open("/form/talk/")
    assert held.sees("(212) 555-0100") and held.sees("(212) 555-0199")
    held.open("/review/")
    held.submit()
    wait_until(lambda: cases_of(stack, "Held"))


def test_someone_leaves_at_the_consent_page_and_nothing_is_kept(stack, visit):
    tables = ("intake_intake", "intake_answer", "intake_consent", "keys.case_key_wrap", "accounts_session")

    def rows():
        return [stack.ask(f"select count(*) from {table}")[0][0] for table in tables]

    before = rows()
    amina = visit()
    amina.open("/start/")
    amina.choose("safe_now", "yes")
    amina.choose("shared", "no")
    amina.submit()
    amina.choose("who_fills", "helper")
    amina.submit()
    amina.fill("helper_name", "Canary Helper")
    amina.choose("helper_relation", "friend")
    amina.submit()
    amina.choose("consent", "no")
    amina.submit()
    assert amina.sees("Nothing was kept")
    assert rows() == before


def test_someone_on_a_shared_phone_is_given_the_way_back_first(stack, visit):
    amina = visit()
    begin(amina, shared="yes")
    assert amina.page.url.endswith("/form/stop/")
    amina.press("Show me my two numbers")
    amina.page.emulate_media(media="print")
    assert all(amina.page.locator(f"[data-test={name}]").is_visible() for name in ("locator", "secret"))
    assert not amina.page.get_by_role("button", name="Leave").is_visible()
    paper = amina.page.locator("body").inner_text()
    assert "/return/" in paper and "(212) 555-0100" in paper
    assert not amina.page.locator("[data-test=paper-name]").is_visible(), "by choice alone"
    amina.page.emulate_media(media="screen")
    amina.page.check("#with-name")
    amina.page.emulate_media(media="print")
    assert amina.page.locator("[data-test=paper-name]").is_visible()
    amina.page.emulate_media(media="screen")
    amina.press("I have written it down: go on")
    assert number_in(amina.page.url) == number_of("where_now")
    visit_cookies = [one for one in amina.page.context.cookies() if one["name"] == "visit"]
    assert [one["expires"] for one in visit_cookies] == [-1]
    amina.page.clock.install()
    amina.open(address_of("name"))
    amina.fill("given_names", "Amina")
    amina.page.clock.fast_forward("08:31")
    assert amina.sees("This page closes in a minute")
    amina.check()
    amina.page.clock.fast_forward("01:00")
    amina.page.wait_for_selector("text=The form is closed")
    amina.check()
    amina.open(address_of("name"))
    assert amina.page.url == stack.url + "/"


def test_a_caseworker_takes_a_form_by_telephone(stack, visit):
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.page.get_by_role("link", name="Take a form by telephone").click()
    cora.check()
    cora.page.get_by_role("link", name="They are not here: begin a form").click()
    cora.check()
    cora.choose("who_fills", "me")
    cora.choose("interpreted", "service")
    cora.page.check("[name=consent]")
    cora.press("Begin")
    held = {"in_us": "yes", "custody": "ice", "facility": "Elizabeth"}
    told = usual("By-Telephone") | {"where_now": held, "fear_interview": {"fear_interview": "soon"}}
    pages = 4  # home, search, consent; the first section
    while number_in(cora.page.url):
        cora.check()
        before = cora.page.url
        answer_section(cora, told)
        assert cora.page.url != before, cora.page.locator(".error-summary").all_inner_texts()
        pages += 1
    assert pages <= 12
    cora.press("Send the answers")
    assert len(numbers_of(cora)[1].replace(" ", "")) == 16
    wait_until(lambda: cases_of(stack, "By-Telephone"))


def test_a_person_withdraws_and_all_is_deleted(stack, visit):
    amina = visit()
    fill_in(
        amina,
        family="Goes-Away",
        looked_at=False,
        hearing={"has_court": "yes", "hearing_date": day(-3)},
        hearing_went={"hearing_went": "held"},
    )
    amina.submit()
    receipt = numbers_of(amina)
    case = wait_until(lambda: cases_of(stack, "Goes-Away"))[0][0]
    matter_id = stack.ask("select file_id from cases_case where id = %s", case)[0][0]
    come_back(amina, *receipt)
    amina.page.get_by_role("link", name="Delete my answers").click()
    amina.check()
    amina.press("Yes, please delete")
    cora = visit(width=1280)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/")
    cora.press("Confirmed")  # without saying how
    assert cora.sees("Say how you made sure")
    cora.page.select_option("[name=how]", "in_person")
    cora.press("Confirmed")
    # It cannot be undone: a second person looks first.
    assert cora.sees("This waits for a second person")
    ines = visit(width=1280)
    ines.sign_in("ines")
    sue = visit(width=1280)
    sue.open(invite(ines, "Sue Demo", "sue@demo.example", "supervisor"))
    for field in ("new", "again"):
        sue.fill(field, NEW)
    sue.submit()
    sue.fill("code", CODE)
    sue.submit()
    assert at(sue, "/home/")
    sue.open(f"/cases/{case}/")
    sue.press("I agree: do it")

    def is_gone():
        count = "select count(*) from intake_answer where file_id = %s"
        keys = "select count(*) from keys.case_key_wrap where file_id = %s"
        return stack.ask(count, matter_id)[0][0] == stack.ask(keys, matter_id)[0][0] == 0

    wait_until(is_gone)
    assert not cases_of(stack, "Goes-Away")


def test_together_all_questions_were_answered():
    assert set(BY_KEY) == ANSWERED
