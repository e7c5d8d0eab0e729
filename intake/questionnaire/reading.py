"""What somebody typed, read as they meant it: digits of any script, marks nobody sees, money. Pure."""

import re
import unicodedata
from decimal import Decimal

# Nothing is seen of these: control and format characters, marks without a letter, spaces.
UNSEEN = {"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"}
FILLERS = set("\u115f\u1160\u3164\uffa0\u2800")  # empty too, though Unicode calls them letters and a symbol
DASHES = set("\u2212\u2043\u02d7\u30fc\uff70")  # those that are no dash to Unicode
A_LIKE = str.maketrans("АаΑαأاآአ", "AAAAAAAA")  # of other alphabets, for the A of an A-Number

# Dollars in the languages people write them in. Another currency is none of these, so it is asked about.
DOLLARS = """
    us$ $us usd us $ dollars dollar dollares dólares dólar dolares dolar dolari doları dola dollari bucks
    دولار دولارا دولارات دلار долларов доллара доллары доллар долл дол 美元 美金 ドル 달러 डॉलर ডলার ዶላር
"""


def has_text(text: str) -> bool:
    """Tell whether anything of it can be seen."""
    return any(unicodedata.category(char) not in UNSEEN and char not in FILLERS for char in text)


def plain(text: str) -> str:
    """Return it with digits of any script as 0-9, dashes as "-", spaces as one, without marks nobody sees."""
    folded = "".join(map(_folded, unicodedata.normalize("NFC", text)))
    return " ".join("".join(map(_plain, folded)).split())


def _folded(char: str) -> str:
    """Return the everyday form of a character; a raised or a circled number stays what it is."""
    return char if unicodedata.category(char) == "No" else unicodedata.normalize("NFKC", char)


def _plain(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    category = unicodedata.category(char)
    if category == "Pd" or char in DASHES:
        return "-"
    return "" if category in ("Cf", "Mn", "Me") or char in FILLERS else char


def digits_of(text: str) -> str:
    """Return the digits of a number that may have spaces and dashes in it; "" if anything else is there."""
    typed = re.sub(r"[\s-]", "", plain(text))
    return typed if re.fullmatch("[0-9]+", typed) else ""


def read_a_number(text: str) -> str:
    """Return the nine digits of an A-Number however it is written; "" if it is none."""
    typed = re.sub(r"[\s#:.,/()\[\]-]", "", plain(text).translate(A_LIKE)).upper()
    found = re.fullmatch(r"(?:USCIS|ALIEN|REGISTRATION|FILE|NUMBER|NUM|NO|NR|A)*([0-9]{7,9})", typed)
    return found[1].zfill(9) if found else ""


# --- money ----------------------------------------------------------------------------------------

CURRENCY = sorted(map(str.casefold, map(plain, DOLLARS.split())), key=len, reverse=True)
# Marks that mean one thing in every country: Arabic ones, apostrophes, and spaces, which group.
MARKS = str.maketrans({"٫": "d", "٬": "g", "'": "g", "\u2019": "g", "_": "g", " ": "g", "،": ",", "。": "."})
AS_HERE = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?")
LARGEST = Decimal(10) ** 9


def read_amount(text: str) -> list[Decimal]:
    """Return what an amount of dollars can mean, the likelier first: two for "1.200", none if it is none."""
    typed = re.sub(r"[.,]-?$", "", _without_currency(text))
    typed = re.sub(r"\s*([.,٫٬،])\s*", r"\1", typed).translate(MARKS)
    if not re.fullmatch(r"[.,d]?[0-9]+(?:[.,dg][0-9]+)*", typed):
        return []
    parts, marks = re.split("[.,dg]", typed), re.findall("[.,dg]", typed)
    found = [_grouped(parts, marks), _with_cents(parts, marks)]
    if found[0] is not None and marks[-1:] == [","]:
        found.pop()  # three digits after a comma are thousands here
    return list(dict.fromkeys(one for one in found if one is not None and one < LARGEST))


def is_as_written_here(text: str) -> bool:
    """Tell whether an amount is written as it is in the United States, so that it means one thing."""
    return bool(AS_HERE.fullmatch(_without_currency(text)))


def _without_currency(text: str) -> str:
    typed = plain(text).casefold()
    for word in CURRENCY * 2:  # "$800 USD"
        typed = typed.removeprefix(word).removesuffix(word).strip()
        typed = typed.removesuffix(f"{word}.").strip()
    return typed


def _grouped(parts: list[str], marks: list[str]) -> Decimal | None:
    """Read all marks as thousands: groups of three, or of two before the last as in India."""
    if not marks:
        return Decimal(parts[0])
    first, *middle, last = parts
    is_one_kind = len(set(marks)) == 1 and marks[0] != "d"
    groups = {len(group) for group in middle}
    fits = 1 <= len(first) <= 3 and not first.startswith("0") and len(last) == 3
    return Decimal("".join(parts)) if is_one_kind and fits and (groups <= {3} or groups <= {2}) else None


def _with_cents(parts: list[str], marks: list[str]) -> Decimal | None:
    """Read the last mark as the one before the cents, those before it as thousands."""
    if not marks or marks[-1] == "g":
        return None
    *front, cents = parts
    cents = cents.rstrip("0") if len(cents) > 2 else cents
    grouped = _grouped(front, marks[:-1]) if front != [""] else Decimal(0)
    if grouped is None or len(cents) > 2 or marks[-1] in marks[:-1]:
        return None
    return grouped + Decimal(f"0.{cents or 0}")


def kept_amount(amount: Decimal) -> str:
    """Return an amount as it is kept: "800", or "1200.50"."""
    return str(int(amount)) if amount == int(amount) else f"{amount:.2f}"


def shown_amount(kept: str) -> str:
    """Return a kept amount as it is written here: "$1,200.50"."""
    whole, _dot, cents = kept.partition(".")
    return f"${int(whole):,}.{cents}" if cents else f"${int(whole):,}"
