"""Compile the translations with polib: no gettext needed on the machine."""

from foundation.devstack.services import ROOT


def compile_messages() -> None:
    """Write the .mo of every .po that changed."""
    import polib

    for po in (ROOT / "locale").rglob("*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            polib.pofile(str(po)).save_as_mofile(str(mo))
