"""Compile the translations with polib: no gettext needed on the machine."""

import polib

from foundation.devstack.catalogue import catalogues


def compile_messages() -> None:
    """Write the .mo of every .po that changed."""
    for po in catalogues():
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po)).save_as_mofile(str(mo))
