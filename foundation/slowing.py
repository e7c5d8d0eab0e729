"""Tries that are slowed and never stopped: who tries too often is told at once for how long to wait.

A few are free; then each waits twice as long as the one before, up to a longest. Nobody is locked out for a
fixed time, no request is held, and no network address is kept. What is counted apart (a holder's own device,
a passkey, a device already open) is counted under a key of its own, so that a stranger uses up the
stranger's tries alone.
"""

from dataclasses import dataclass

from foundation import limits


@dataclass(frozen=True)
class Growth:
    """`longest`: seconds the wait grows to. The free tries, and for how long they count, stand in LIMITS."""

    longest: int
    why: str


GROWTH = {
    "sign-in": Growth(
        320, "Some 270 passwords a day of fifteen letters and more; a second step stands behind."
    ),
    "second-factor": Growth(1280, "Some 70 codes of six digits a day, by somebody who knows the password."),
    "receipt": Growth(80, "Sixteen digits are not guessed; it keeps the machine free, and the holder near."),
}


def step_after(name: str, tries: int) -> int:
    """Return how many seconds the next try waits after so many: one of `limits.WAITS`, or 0."""
    over = tries - limits.LIMITS[name].times
    if over < 0:
        return 0
    return min(limits.WAITS[min(over, len(limits.WAITS) - 1)], GROWTH[name].longest)


def next_try_in(name: str, key: object) -> int:
    """Count one try and return 0, or return for how many seconds it has to wait and count nothing.

    Whoever asks while it waits makes it no longer.
    """
    whose = f"{name}:{key}"
    step = step_after(name, limits.used(name, key))
    if step and (left := limits.seconds_left(f"wait-{step}", whose)):
        return left
    if following := step_after(name, limits.count(name, key)):
        limits.count(f"wait-{following}", whose)
    return 0


def is_first_wait(name: str, key: object) -> bool:
    """Tell whether the free tries have just been used up: the moment to tell the holder."""
    return limits.used(name, key) == limits.LIMITS[name].times
