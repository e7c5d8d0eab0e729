"""What may be an A-Number: an A or none, then seven to nine digits of any script, set apart or not."""

import re

A_NUMBER = re.compile(r"\s*(?:A[\s#-]*)?\d(?:[\s-]*\d){6,8}\s*", re.IGNORECASE)
LONGEST = 30


def is_a_number(text: str) -> bool:
    """Tell whether a text is written like an A-Number."""
    return len(text) <= LONGEST and A_NUMBER.fullmatch(text) is not None
