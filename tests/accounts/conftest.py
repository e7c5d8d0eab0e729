import pytest

from tests.conftest import give_code_app


@pytest.fixture
def newcomer(cast, password):
    """Nora works for the other office and has no second factor yet."""
    from foundation.accounts.models import Membership, Role, User

    user = User.objects.create(email="nora@test.example", password=password, name="Nora")
    Membership.objects.create(user=user, office=cast.other, roles=[Role.ADMINISTRATOR])
    return user


@pytest.fixture
def olga(newcomer):
    """Olga is the other office's administrator, with a code app: no demo account."""
    give_code_app(newcomer)
    return newcomer
