"""In which region of the world a country lies, for what must not name it: the list beside this file."""

from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.figures import read_rows

HERE = Path(__file__).parent

# The subregions of the UN's M49, those of Oceania as one.
REGIONS: dict[str, Any] = {
    "north_africa": _("Northern Africa"),
    "east_africa": _("Eastern Africa"),
    "middle_africa": _("Middle Africa"),
    "southern_africa": _("Southern Africa"),
    "west_africa": _("Western Africa"),
    "caribbean": _("the Caribbean"),
    "central_america": _("Central America"),
    "south_america": _("South America"),
    "north_america": _("Northern America"),
    "central_asia": _("Central Asia"),
    "east_asia": _("Eastern Asia"),
    "southeast_asia": _("South-eastern Asia"),
    "south_asia": _("Southern Asia"),
    "west_asia": _("Western Asia"),
    "east_europe": _("Eastern Europe"),
    "north_europe": _("Northern Europe"),
    "south_europe": _("Southern Europe"),
    "west_europe": _("Western Europe"),
    "oceania": _("Oceania"),
}


@cache
def region_by_country() -> dict[str, str]:
    """Return {country, by its code of two letters: its region}."""
    rows = read_rows(HERE / "regions.csv", ["code", "region", "source", "confidence"])
    return {row.text("code"): row.choice("region", REGIONS) for row in rows}
