"""States and territories of the United States, as people choose them and as they read them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.countries import sort_key

STATES: dict[str, Any] = {
    "AL": _("Alabama"),
    "AK": _("Alaska"),
    "AS": _("American Samoa"),
    "AZ": _("Arizona"),
    "AR": _("Arkansas"),
    "CA": _("California"),
    "CO": _("Colorado"),
    "CT": _("Connecticut"),
    "DE": _("Delaware"),
    "DC": _("District of Columbia (Washington, DC)"),
    "FL": _("Florida"),
    "GA": _("Georgia (state)"),
    "GU": _("Guam"),
    "HI": _("Hawaii"),
    "ID": _("Idaho"),
    "IL": _("Illinois"),
    "IN": _("Indiana"),
    "IA": _("Iowa"),
    "KS": _("Kansas"),
    "KY": _("Kentucky"),
    "LA": _("Louisiana"),
    "ME": _("Maine"),
    "MD": _("Maryland"),
    "MA": _("Massachusetts"),
    "MI": _("Michigan"),
    "MN": _("Minnesota"),
    "MS": _("Mississippi"),
    "MO": _("Missouri"),
    "MT": _("Montana"),
    "NE": _("Nebraska"),
    "NV": _("Nevada"),
    "NH": _("New Hampshire"),
    "NJ": _("New Jersey"),
    "NM": _("New Mexico"),
    "NY": _("New York"),
    "NC": _("North Carolina"),
    "ND": _("North Dakota"),
    "MP": _("Northern Mariana Islands"),
    "OH": _("Ohio"),
    "OK": _("Oklahoma"),
    "OR": _("Oregon"),
    "PA": _("Pennsylvania"),
    "PR": _("Puerto Rico"),
    "RI": _("Rhode Island"),
    "SC": _("South Carolina"),
    "SD": _("South Dakota"),
    "TN": _("Tennessee"),
    "TX": _("Texas"),
    "VI": _("U.S. Virgin Islands"),
    "UT": _("Utah"),
    "VT": _("Vermont"),
    "VA": _("Virginia"),
    "WA": _("Washington (state)"),
    "WV": _("West Virginia"),
    "WI": _("Wisconsin"),
    "WY": _("Wyoming"),
}


def all_states() -> list[tuple[str, Any]]:
    """Return (code, name) of every state, in the order of the active language; names stay lazy.

    A form that is kept is read in other languages too.
    """
    return sorted(STATES.items(), key=lambda state: sort_key(str(state[1])))
