"""US Letter: what the court files on. Apart, since what reads no PDF asks too."""

LETTER = (612.0, 792.0)


def is_letter(width: float, height: float) -> bool:
    """Tell whether paper is US Letter, upright or lying; a point or two is a printer's rounding."""
    short, long = sorted((width, height))
    return abs(short - LETTER[0]) <= 3 and abs(long - LETTER[1]) <= 3
