from django.apps import AppConfig


class DevstackConfig(AppConfig):
    name = "foundation.devstack"
    label = "devstack"
