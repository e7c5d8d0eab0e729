"""Photos as people really send them; the codes that leave the sandbox; that nothing loads inside it."""

import io
import re
import struct
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image

from foundation.files import sandbox
from foundation.files.rebuilder import pair
from foundation.files.rebuilder.notes import Notes
from foundation.files.words import HELPS, NOTES, REASONS, note_words, reason_words
from tests.files import corpus
from tests.files.test_what_people_send import (
    DAMAGED,
    FIELDS,
    FORM,
    LEGAL,
    PICTURES,
    UTF16,
    field,
    taken,
)
from tests.support import pdfs

INSIDE = "foundation/files/rebuilder"


# --- photos ---------------------------------------------------------------------------------------


def two_pictures():
    """Return a JPEG with a smaller second picture behind it, as cameras write them (CIPA DC-007)."""
    pictures = [Image.new("RGB", size, color) for size, color in (((60, 40), "red"), ((30, 20), "blue"))]
    out = io.BytesIO()
    pictures[0].save(out, "MPO", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def test_of_two_pictures_in_a_photo_the_first_is_kept():
    result = taken(two_pictures(), "jpeg")
    image = Image.open(io.BytesIO(result.content))
    assert (image.format, image.size, result.notes) == ("JPEG", (60, 40), ["first_picture"])
    assert image.getpixel((5, 5))[0] > 240


def exif_cut_short():
    """Return a photo whose camera's notes point past their own end."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    entry = struct.pack(">HHLL", 0x010F, 2, 400, 60)
    notes = b"Exif\0\0MM\0*" + struct.pack(">LH", 8, 9) + entry
    return out.getvalue()[:2] + b"\xff\xe1" + struct.pack(">H", len(notes) + 2) + notes + out.getvalue()[2:]


def test_a_photo_whose_notes_of_the_camera_are_cut_short_is_taken():
    content = exif_cut_short()
    with pytest.warns(UserWarning):
        Image.open(io.BytesIO(content)).getexif()  # the library says something; nobody takes it for a note
    assert taken(content, "jpeg").notes == []


def test_a_photo_whose_end_did_not_arrive_is_taken_and_says_so():
    noise = io.BytesIO()
    Image.effect_noise((300, 300), 80).save(noise, "JPEG")
    result = taken(noise.getvalue()[:-2000], "jpeg")
    assert result.notes == ["cut_short"] and Image.open(io.BytesIO(result.content)).size == (300, 300)


# --- codes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [b"chatter", b"chatter and refuse"])
def test_what_a_library_prints_is_neither_file_nor_note_nor_reason(what):
    result = sandbox.run("tests.files.hostile", what)
    expected = (
        sandbox.Result(b"a file", notes=["repaired"])
        if what == b"chatter"
        else sandbox.Result(reason="broken")
    )
    assert result == expected


def test_only_what_looks_like_a_code_is_taken_for_one():
    result = sandbox.run("tests.files.hostile", b"odd notes")
    assert result.notes == ["drawn:1,2,3,4+"]


def test_notes_name_the_first_pages_they_are_about():
    notes = Notes()
    for page in (3, 5, 5, 6, 7, 9):
        notes.add("drawn", page)
    notes.add("form")
    assert notes.codes() == ["drawn:3,5,6,7+", "form"]
    assert note_words("drawn:3,5,6,7+").endswith("Pages 3, 5, 6, 7 and others.")
    assert note_words("a code of yesterday:1") == ""


def test_every_code_that_is_given_inside_has_words_and_no_words_are_left_over():
    code = "".join(path.read_text() for path in (corpus.Path(sandbox.ROOT) / INSIDE).glob("*.py"))
    noted = set(re.findall(r'\.add\("(\w+)"', code))
    listed = {"repaired", "layers", "first_picture", "cut_short"}
    assert all(f'"{note}"' in code for note in listed)
    assert noted | listed == set(NOTES)
    assert set(re.findall(r'Unfit\("(\w+)"', code)) - {"unread", "lost"} <= set(REASONS)


def test_whatever_has_help_has_words():
    assert set(HELPS) <= set(NOTES) and reason_words("not_kept")


LOADS = """
import sys, importlib, codecs, json
from foundation.files.rebuilder import main
for alphabet in main.ALPHABETS: codecs.lookup(alphabet)
work = importlib.import_module("foundation.files.rebuilder." + sys.argv[1])
work.warm()
contents = [bytes.fromhex(line) for line in sys.stdin.read().split()]
loaded = []
sys.addaudithook(lambda event, args: loaded.append(str(args[0])) if event in ("import", "open") else None)
for content in contents:
    try: work.rebuild(content)
    except Exception: pass
loaded, kept = [], loaded
print(json.dumps(kept))
"""


def everything():
    """Return a file of each kind that might make a library load something."""
    typed = [pdfs.annotated(pdfs.typed(text)) for text in (b"(a)", UTF16)]
    locked = [corpus.letter(encryption=pikepdf.Encryption(owner="o", R=number)) for number in (4, 6)]
    forms = [pdfs.annotated(field(keys), catalog=FORM % b"") for keys, _text in FIELDS.values()]
    documents = [*LEGAL.values(), *PICTURES.values(), *DAMAGED.values(), *typed, *forms, *locked, b"%PDF-"]
    photos = [two_pictures(), exif_cut_short(), corpus.photo(), corpus.photo("PNG"), b"\xff\xd8\xff"]
    return {
        "documents": documents,
        "resaving": documents,
        "comparing": [pair.packed(one, one) for one in documents],
        "images": [*photos, (corpus.Path(__file__).parent / "data" / "photo.heic").read_bytes()],
    }


@pytest.mark.parametrize("reader", ["documents", "resaving", "comparing", "images"])
def test_nothing_is_loaded_once_the_sandbox_is_shut(reader):
    given = "\n".join(content.hex() for content in everything()[reader])
    command = [sys.executable, "-W", "ignore", "-c", LOADS, reader]
    done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=sandbox.ROOT)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
