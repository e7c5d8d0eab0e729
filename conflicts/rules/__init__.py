"""Names across scripts and spellings: take a name apart once, put two side by side, say why they match.

No name is ever cleared here: a score orders what a person looks at.
"""

from conflicts.rules.alignment import Pair
from conflicts.rules.analysis import NameAnalysis, Part, Role, analyse
from conflicts.rules.comparison import (
    THRESHOLD,
    Beside,
    Comparison,
    Side,
    beside,
    compare,
    compare_birth_dates,
    compare_countries,
)
from conflicts.rules.parts import How
from conflicts.rules.writing import UnusableName

__all__ = [
    "THRESHOLD",
    "Beside",
    "Comparison",
    "How",
    "NameAnalysis",
    "Pair",
    "Part",
    "Role",
    "Side",
    "UnusableName",
    "analyse",
    "beside",
    "compare",
    "compare_birth_dates",
    "compare_countries",
]
