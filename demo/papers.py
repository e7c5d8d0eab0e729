"""Papers of the demo office: letters that were never sent by anybody, and a request that is half answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from cases.actions import add_papers, ask_for_papers
from cases.models import Case, Origin, PaperKind
from foundation.accounts.models import User
from foundation.files.models import Upload
from foundation.files.receiving import ReceivedFile
from intake.asked import answer_paper
from intake.models import AskedPaper, PaperAnswer
from intake.room import take_in


def ask_and_answer(case: Case, *, cora: User, ade: User, at: datetime) -> None:
    """Ask for four papers, of which one was sent and one cannot be had; the attorney adds a decision."""
    today = case.office.today(at)
    asked = ask_for_papers(
        case,
        codes=["identity", "entry", "agency", "photo"],
        due_on=today + timedelta(days=10),
        by=cora,
        at=at,
    )
    with sent("passport.pdf", "A passport that is invented.") as file:
        (outcome,) = take_in([file], case.intake, by="applicant", at=at, on=today)
    if outcome.upload:
        _answer(asked[0], PaperAnswer.SENT, at, outcome.upload)
    _answer(asked[1], PaperAnswer.CANNOT, at)
    with sent("decision.pdf", "A decision that was never made.") as file:
        add_papers(
            case,
            files=[file],
            kind=PaperKind.DECISION,
            dated=f"{today:%Y-%m}",
            origin=Origin.AUTHORITY,
            note="Invented for the demo.",
            by=ade,
            at=at,
        )


def _answer(asked: AskedPaper, answer: str, at: datetime, *uploads: Upload) -> None:
    answer_paper(asked, answer=answer, uploads=uploads, by="applicant", at=at)


@contextmanager
def sent(name: str, words: str) -> Iterator[ReceivedFile]:
    """Yield a letter of one line as a request would bring it."""
    file = ReceivedFile(name)
    file.add(letter(words))
    file.complete()
    try:
        yield file
    finally:
        file.close()


def letter(words: str) -> bytes:
    """Return a PDF of one page that says one line, in plain letters."""
    shown = b"BT /F 14 Tf 72 720 Td (%s) Tj ET" % words.encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end
