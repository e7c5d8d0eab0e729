"""Many processes at once, killed at random: each referral placed once, nobody too full, none left alone."""

import pytest

from benchmarks import referrals as load
from referrals.models import Assignment, Cascade, Offer, Practitioner


@pytest.fixture
def crowded(cast, now):
    people = load.make_people(cast.office, 6, capacity=3, by=cast.ines, at=now)
    load.make_cascades(cast.office, 14, people, by=cast.cora, at=now)


def test_workers_killed_at_random_place_each_referral_once_and_leave_none_alone(crowded):
    figure, wrong = load.measure(referrals=14, processes=8, seconds=8, kill_every=0.4)
    assert wrong == [] and figure.killed > 3
    assert figure.placed and Offer.objects.exclude(status="open").exists()
    assert not Cascade.objects.filter(ended_at=None, referral__status="placed").exists()


def test_what_would_be_wrong_is_found(crowded, tamper):
    load.settle()
    assert load.faults() == []
    offer = Offer.objects.filter(status="open").first()
    tamper("update referrals_offer set status = 'expired', decided_at = now() where id = %s", offer.pk)
    assert any("ends" in one for one in load.faults())
    assert any("with 0 open offers" in one for one in load.faults())
    Practitioner.objects.update(capacity=0)
    assert Assignment.objects.count() == 0


def test_the_claim_of_a_cascade_is_measured_beside_a_bare_one(crowded):
    """What is promised is measured on a quiet machine (bench referrals --check); here it must only run."""
    claims = load.measure_claims(14, rounds=2)
    assert claims.line and claims.bare
