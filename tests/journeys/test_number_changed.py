"""A person texts that their number changed; staff make sure, confirm, answer; the old one is used no more."""

from tests.running import wait_until

OPEN = (
    "select c.id, c.file_id from cases_case c where c.status = 'in_triage' and not exists"
    " (select from notifications_reply r where r.file_id = c.file_id) order by c.reference limit 1"
)
HEAD = """
import django; django.setup()
from django.db import transaction
from django.utils import timezone
from foundation.accounts.models import Office, User
from foundation.database.principal import acting_as, each_statement_alone, system
from foundation.vault.keys import opening_keys
with acting_as(system("test")), opening_keys(), each_statement_alone():
    from cases.models import Case
    from notifications.actions import SafeWays, change_reach
    from notifications.arrivals import take_in
    from notifications.gateway import Came
"""
REACHED = """
    matter = Case.objects.get(pk="{case}").matter
    cora = User.objects.get(email="cora@demo.example")
    change_reach(matter, SafeWays(["text"], phone="{phone}"), by=cora, at=timezone.now())
"""
TEXT = """
    came = Came("{id}", "text", sender="{phone}", words="رقمي تغير")
    with transaction.atomic():
        take_in([came], office=Office.objects.get(slug="demo"), at=timezone.now())
"""
OLD, NEW = "+12125550360", "+19175550360"


def test_a_number_that_changed_by_text_is_confirmed_and_used_no_more(stack, visit):
    ((case, matter),) = stack.ask(OPEN)
    stack.run(HEAD + REACHED.format(case=case, phone=OLD) + TEXT.format(id="journey", phone=OLD))
    wait_until(lambda: stack.ask("select 1 from notifications_reply where file_id = %s", matter))

    cora = visit(width=360)
    cora.sign_in("cora")
    cora.open(f"/cases/{case}/messages/")
    assert cora.sees("رقمي تغير")
    ((reply,),) = stack.ask("select id from notifications_reply where file_id = %s", matter)
    cora.open(f"/cases/{case}/messages/?do=translation:{reply}")
    cora.fill("translation", "My number changed")
    cora.page.locator("[name=translation]").locator("xpath=ancestor::form").locator("button").last.click()
    cora.check()
    assert cora.sees("My number changed")

    cora.open(f"/cases/{case}/messages/?do=way")
    cora.page.check("[name=channels][value=text]")
    cora.fill("phone", NEW)
    cora.page.select_option("[name=how]", "other_way")
    for _readback in range(2):
        form = cora.page.locator("[name=how]")
        if not form.count():
            break
        form.locator("xpath=ancestor::form").locator("button[type=submit]").last.click()
        cora.check()
    done = "select 1 from intake_wish where kind = 'contact' and status = 'done' and file_id = %s"
    wait_until(lambda: stack.ask(done, matter))

    cora.open(f"/cases/{case}/messages/?do=draft")
    cora.fill("words", "Thank you")
    cora.page.check("[name=is_safe]")
    cora.page.locator("button[value=send]").click()
    cora.check()
    assert cora.sees("Thank you")

    stack.run(HEAD + TEXT.format(id="journey-later", phone=OLD))
    wait_until(lambda: stack.ask("select 1 from notifications_reply where placed = 'unknown'"))
    cora.open("/messages/unplaced/")
    assert cora.sees(OLD)
    assert not [text for text in (stack.folder / "sms").glob("*") if OLD in text.read_text()]
