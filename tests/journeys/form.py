"""Fill in the public form as a person would."""

from datetime import timedelta
from functools import partial

from django.utils import timezone


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


def fill_in(visitor, *, family, email="amina@journey.example", until="review"):
    """Answer every page up to the review (or up to the page named)."""
    begin(visitor)
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
