"""What the demo plans lies in the hours of its office, at whatever hour of the night it is filled."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.work import in_office_hours
from foundation.accounts.models import Office


@pytest.mark.parametrize("hours", range(0, 168, 5))
def test_an_appointment_of_the_demo_is_on_a_working_day_at_its_hour(hours):
    office = Office(time_zone="America/New_York")
    at = datetime(2026, 11, 27, tzinfo=UTC) + timedelta(hours=hours)
    begins = in_office_hours(office, at, days=2, hour=10).astimezone(ZoneInfo(office.time_zone))
    assert begins.hour == 10 and begins.weekday() < 5 and begins > at
