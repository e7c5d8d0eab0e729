"""Text recognition by tesseract, where it is installed; nothing leaves the machine.

A page is read in the languages of its script that are installed here: first its script is looked at, then
its words are read.
"""

import re
import shutil
import subprocess
from functools import cache

from foundation.files import sandbox

PATIENCE = 60  # seconds a page
BLANK = re.compile(r"\n{3,}")
SCRIPT = re.compile(r"^Script: (\w+)$", re.MULTILINE)
# By tesseract's name of a script, its languages that people bring papers in; each slows the others down.
OF_SCRIPT = {
    "Latin": ("eng", "spa", "fra", "por", "tur", "hat"),
    "Arabic": ("ara", "fas", "pus", "urd"),
    "Cyrillic": ("rus", "ukr"),
    "Devanagari": ("hin", "nep"),
    "Bengali": ("ben",),
    "Ethiopic": ("amh", "tir"),
    "Han": ("chi_sim", "chi_tra"),
    "Gurmukhi": ("pan",),
    "Tamil": ("tam",),
    "Sinhala": ("sin",),
    "Myanmar": ("mya",),
    "Georgian": ("kat",),
    "Armenian": ("hye",),
}


def can_recognize() -> bool:
    """Tell whether this machine can read pictures of text."""
    return shutil.which("tesseract") is not None


def recognize(picture: bytes) -> str:
    """Return what stands on a picture (PGM); nothing where it fails or takes too long."""
    return BLANK.sub("\n\n", read(picture).replace("\f", "")).strip()


def read(picture: bytes, *wanted: str) -> str:
    """Return what tesseract says of a picture (PGM), in the form wanted ("tsv"); nothing where it fails."""
    return _said(picture, "-l", "+".join(languages_of(picture)), *wanted)


def languages_of(picture: bytes) -> list[str]:
    """Return the languages to read a picture in: those of its script.

    Where too few letters stand there to tell, the first language of each script; else English.
    """
    here = installed()
    seen = SCRIPT.search(_said(picture, "--psm", "0")) if "osd" in here else None
    of_script = {script: [one for one in some if one in here] for script, some in OF_SCRIPT.items()}
    languages = of_script.get(seen[1], []) if seen else [some[0] for some in of_script.values() if some]
    return languages or ["eng"]


@cache
def installed() -> frozenset[str]:
    """Return the languages that tesseract has here; each process looks once."""
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=PATIENCE)
    return frozenset(done.stdout.split("\n")[1:]) - {""}


def _said(picture: bytes, *arguments: str) -> str:
    program = shutil.which("tesseract")
    if program is None:
        return ""
    command = [program, "stdin", "stdout", *arguments]
    return sandbox.run_program(command, picture, seconds=PATIENCE).content.decode("utf-8", "replace")
