"""Who asks stands on the public pages: name, address, phones that dial, hours, and what is kept."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from foundation.accounts.models import Office
from tests.support.answers import address_of

PROMISE = (
    "If you do not already have legal representation, cannot afford an attorney, and need help with a claim"
    " for asylum or other protection-based form of immigration status, we can help."
)


@pytest.fixture
def office_known(office, tamper):
    """The office with everything it may say of itself."""
    tamper(
        "update accounts_office set address = '1 Example Street', other_phone = '(212) 555-0199',"
        ' hours_in = \'{"en": "Canary hours", "ar": "أوقات"}\' where id = %s',
        office.pk,
    )
    return Office.objects.get(pk=office.pk)


@pytest.mark.parametrize(
    "url",
    [
        reverse("landing"),
        reverse("intake:privacy"),
        reverse("intake:talk"),
        reverse("intake:thanks"),
    ],
)
def test_every_number_dials_and_hours_keep_their_direction(started, office_known, url):
    html = started.get(url, follow=True).content.decode()
    numbers = [found for found in re.findall(r"\(212\) 555-01\d\d|>911<", html)]
    assert numbers and len(numbers) == len(re.findall(r'href="tel:[+\d-]+"', html))
    assert re.search(r"<bdi[^>]*>Canary hours</bdi>", html)


def test_the_number_on_a_question_dials(started, office_known):
    html = started.get(address_of("name")).content.decode()
    assert "(212) 555-01" in html and re.search(r'href="tel:[+\d-]+"', html)


def test_the_first_page_says_who_asks_and_that_it_is_free(client, office_known):
    text = " ".join(strip_tags(client.get("/").content.decode()).split())
    for words in ("Our Office", "1 Example Street", "We are not the government", "Our help is free"):
        assert words in text
    assert PROMISE in text and text.index("Do you need a lawyer") < text.index(PROMISE)


def test_the_privacy_notice_is_made_of_approved_sentences(client, office_known, settings, tmp_path):
    assert "We keep nothing before you say yes" in client.get(reverse("intake:privacy")).content.decode()
    settings.PRODUCTION, settings.INTAKE_APPROVALS = True, str(tmp_path / "none.toml")
    assert client.get(reverse("intake:privacy")).status_code == 503


def test_a_site_without_an_office_still_answers(client, db, settings):
    settings.INTAKE_OFFICE = "nobody"
    assert client.get("/").status_code == 200 == client.get(reverse("intake:privacy")).status_code
