"""The track that is proposed: what a court shows, what a person says, and never a guess from silence."""

import pytest

from cases.models import Track as Tracks
from cases.rules import DeadlineFacts
from cases.rules.track import proposed_track
from cases.words import TRACK_REASONS

HEARING = {"master_hearing": "2027-03-01"}


@pytest.mark.parametrize(
    ("facts", "says_no_court", "track", "reason"),
    [
        (HEARING, False, "defensive", "HEARING"),
        (HEARING, True, "defensive", "HEARING"),  # a hearing that is known outweighs a no
        ({"individual_hearing": "2027"}, False, "defensive", "HEARING"),
        ({"in_proceedings": True}, False, "defensive", "IN_COURT"),
        ({"decisions": [{"by": "judge", "date": "2026-10-01"}]}, True, "defensive", "ORDER"),
        ({"decisions": [{"by": "board", "date": "2026-10-01"}]}, False, "defensive", "ORDER"),
        ({"in_absentia_order": "2026-10-01"}, True, "defensive", "ORDER"),
        ({"decisions": [{"by": "officer", "date": "2026-10-01"}]}, False, "unknown", "NOT_KNOWN"),
        ({**HEARING, "uac": True}, False, "unknown", "CHILD_ALONE_IN_COURT"),
        ({"uac": True}, True, "affirmative", "NO_COURT"),
        ({"detained": True}, True, "unknown", "HELD_OR_SCREENED"),
        ({"detained": True, **HEARING}, False, "defensive", "HEARING"),
        ({"fear_determination": "2026-11-01"}, True, "unknown", "HELD_OR_SCREENED"),
        ({}, True, "affirmative", "NO_COURT"),
        ({}, False, "unknown", "NOT_KNOWN"),
    ],
)
def test_the_track_follows_from_what_is_known(facts, says_no_court, track, reason):
    found = proposed_track(DeadlineFacts.from_dict(facts), says_no_court=says_no_court)
    assert found == (track, reason)
    assert track in Tracks.values and reason in TRACK_REASONS
