"""Argon2id with little work, for the tests alone: the same algorithm, not the same cost."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LightArgon2(Argon2PasswordHasher):
    """A hundredth of the work; config/settings.py takes it where INTAKE_ENV is test and nowhere else."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1
