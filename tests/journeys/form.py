"""Fill in the public form as a person would."""

import hashlib
from datetime import timedelta
from functools import partial

from django.utils import timezone

from foundation.vault.blind import blind_index


def questions(visitor, *, family, email):
    """Return how each page is answered, in the order of the form."""
    arrival = timezone.localdate() - timedelta(days=345)

    def many(*steps):
        return lambda: [step() for step in steps]

    def choose(**answers):
        return many(*(partial(visitor.choose, name, value) for name, value in answers.items()))

    def fill(**answers):
        return many(*(partial(visitor.fill, name, value) for name, value in answers.items()))

    def pick(**answers):
        return many(*(partial(visitor.page.select_option, f"[name={k}]", v) for k, v in answers.items()))

    return {
        "urgent": choose(in_us="yes", custody="no", danger="no"),
        "court": choose(has_court="no"),
        "decision": choose(decision="no"),
        "letter": choose(has_letter="no"),
        "names": fill(given_names="Amina", family_name=family),
        "about": many(partial(visitor.date, "birth_date", "1991-04-12"), pick(citizenship="SY")),
        "lawyer": choose(rep="none", notario="no"),
        "money": many(pick(state="NY"), fill(household_size="1", income="800"), choose(period="monthly")),
        "need": choose(fear="yes", wants="asylum"),
        "arrival": many(partial(visitor.date, "arrival", arrival.isoformat()), choose(i589="no")),
        "contact": many(choose(channels="email"), fill(email=email)),
    }


def mailbox(family):
    """Return an e-mail of this applicant's own: names are sealed, and a test finds a case by its index."""
    return f"a{hashlib.sha256(family.encode()).hexdigest()[:12]}@journey.example"


CASE = (
    "select c.id, c.reference, c.status from cases_case c"
    " join intake_safecontact s on s.file_id = c.file_id where s.email_index = %s"
)


def cases_of(stack, family):
    """Return the (id, reference, status) of every case of the applicant with this family name."""
    return stack.ask(CASE, blind_index("email", mailbox(family)))


def fill_in(visitor, *, family, until="review"):
    """Answer every page up to the review (or up to the page named)."""
    begin(visitor)
    email = mailbox(family)
    for page, answer in questions(visitor, family=family, email=email).items():
        assert visitor.page.url.endswith(f"/form/{page}/"), visitor.page.url
        if page == until:
            return
        answer()
        visitor.submit()
    assert visitor.page.url.endswith("/review/")


def begin(visitor):
    """Go from the landing page through consent to the first question."""
    visitor.open("/")
    visitor.page.locator("a[href='/start/']").click()
    visitor.check()
    visitor.choose("consent", "yes")
    visitor.submit()
