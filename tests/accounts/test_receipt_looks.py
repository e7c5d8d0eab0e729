"""What stands on the paper of a receipt: chosen, shown before it is saved, never without a way back."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from foundation.accounts.models import Office
from foundation.accounts.office_changes import change_office, mark_of

URL = reverse("receipt-looks")


@pytest.fixture
def ines(client, cast):
    client.force_login(cast.ines)
    return client


def paper(office):
    context = {"office": office, "request": RequestFactory().get("/"), "locator": "1", "secret": "2"}
    return render_to_string("components/receipt_numbers.html", context)


def again(office):
    return Office.objects.get(pk=office.pk)


def test_where_nobody_chose_it_is_telephone_and_web_address_and_the_name_by_choice(office):
    html = paper(office)
    assert "(212) 555-0100" in html and "/return/" in html and 'id="with-name"' in html


def test_what_the_office_left_out_is_not_on_the_paper(cast, now):
    change_office(cast.office, receipt_shows=["web"], by=cast.ines, at=now)
    html = paper(again(cast.office))
    assert "(212) 555-0100" not in html and "/return/" in html
    assert "with-name" not in html and "Our Office" not in html


def test_it_is_shown_before_it_is_saved(ines, cast):
    answer = ines.post(URL, {"receipt_shows": ["phone", "hours"], "press": "show"})
    html = answer.content.decode()
    assert answer.status_code == 200 and "9-17" in html and "On the web:" not in html
    assert again(cast.office).receipt_shows == ["name", "phone", "web"]


def test_a_paper_without_a_way_back_is_refused(ines, cast):
    assert ines.post(URL, {"receipt_shows": ["name"]}).status_code == 422
    assert ines.post(URL, {"receipt_shows": ["name"], "press": "show"}).status_code == 422
    assert ines.post(URL, {"receipt_shows": ["fax"]}).status_code == 422


def test_the_second_of_two_sees_what_the_first_chose(ines, cast, now):
    opened = mark_of(cast.office, ["receipt_shows"])
    change_office(cast.office, receipt_shows=["web"], by=cast.ines, at=now)
    answer = ines.post(URL, {"receipt_shows": ["phone"], "seen": opened})
    assert answer.status_code == 409 and "Now: The web address" in answer.content.decode()
    ines.post(URL, {"receipt_shows": ["phone"], "seen": answer.context["form"]["seen"].value()})
    assert again(cast.office).receipt_shows == ["phone"]


def test_the_history_of_the_office_says_it_in_words(ines, cast, now):
    change_office(cast.office, receipt_shows=["web"], by=cast.ines, at=now)
    assert "the phone, the web address" in ines.get(reverse("office")).content.decode()
