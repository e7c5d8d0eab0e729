"""Which two parties of two matters make a person look, by what each is in its matter."""

CLIENT = {"applicant", "other_name"}
OURS = CLIENT | {"family", "helper", "counsel", "group", "staff", "board"}
AGAINST = {"feared", "sponsor", "notario", "opposing"}

CONFLICT, DUPLICATE = "conflict", "duplicate"


def kind_of(one: str, other: str) -> str | None:
    """Return what it means that two parties may be one person: a conflict, a duplicate, or nothing to us.

    One person asking twice is a duplicate. Someone we help, or one of us, who stands on the other side
    elsewhere is a conflict, and so is someone we help who is family or staff elsewhere: a person decides.
    That two of our people fear the same man is none. Whoever stands on a practitioner's own list is someone
    they may not act against or for: that is a conflict with anybody in the matter.
    """
    sides = {one, other}
    if "adverse" in sides:
        return CONFLICT
    if sides <= CLIENT:
        return DUPLICATE
    if sides & CLIENT and sides - CLIENT <= OURS:
        return CONFLICT
    return CONFLICT if sides & OURS and sides & AGAINST else None
