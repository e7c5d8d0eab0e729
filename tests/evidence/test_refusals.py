"""Why an address, file or text became no source is kept as a code, and said to whoever reads it."""

from django.urls import reverse

from evidence.actions.links import add_link
from evidence.clients.fetch import NullFetcher
from evidence.words import NOT_FETCHED, REFUSED, UNREADABLE, refusal_words
from evidence.work import links
from tests.support.reading import literals, sources


def test_every_reason_is_said_in_words_in_the_language_of_whoever_reads_it(client, cast, now):
    raised = literals(*(one.tree for one in sources() if one.path.startswith("evidence/clients/")))
    assert set(NOT_FETCHED) - {"cut_short"} <= raised
    for code in (*NOT_FETCHED, *REFUSED, *UNREADABLE, "answered:404", "answered:403", "answered:500"):
        assert refusal_words(code) != code and len(refusal_words(code)) > 10
    link = add_link("https://paper.example/statement", kind="statement", by=cast.ade, at=now)
    links(NullFetcher()).work_off(at=now)
    link.refresh_from_db()
    assert link.reason == "unreachable"
    client.force_login(cast.ade)
    for language, words in (("en", "could not be reached"), ("ar", "تعذّر")):
        client.cookies.load({"django_language": language})
        for page in (reverse("evidence:link", args=[link.pk]), reverse("evidence:documents")):
            said = client.get(page, HTTP_ACCEPT_LANGUAGE=language).content.decode()
            assert words in said, (language, page)
