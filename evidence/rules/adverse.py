"""Words that may speak against a claim: protection, improvement, nothing reported, safety elsewhere.

They point a person to what the other side could cite; whether it is adverse, the person says.
"""

import re
from functools import cache

from evidence.data import adverse_patterns


def against(text: str) -> list[str]:
    """Return the reasons a passage may be adverse, none twice."""
    return list(dict.fromkeys(reason for reason, pattern in _patterns() if pattern.search(text)))


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in adverse_patterns()]
