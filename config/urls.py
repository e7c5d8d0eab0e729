"""Every address of the site. Each view declares who may open it (foundation/accounts/access.py)."""

from django.conf import settings
from django.urls import include, path

from config import health
from config.styleguide import staff_styleguide, styleguide
from intake.views import landing, leave
from workspace.case.views import case
from workspace.home.views import home

urlpatterns = [
    path("", landing, name="landing"),
    path("", include("intake.urls")),
    path("leave/", leave, name="leave"),
    path("", include("foundation.accounts.urls")),
    path("home/", home, name="home"),
    path("cases/<uuid:pk>/", case, name="case"),
    path("", include("workspace.urls")),
    path("files/", include("workspace.files.urls")),
    path("offers/", include("referrals.urls")),
    path("hand-over/", include("referrals.receiver_urls")),
    path("", include("referrals.panel_urls")),
    path("directory/", include("directory.urls")),
    path("library/", include("evidence.urls")),
    path("", include("notifications.urls")),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path("installation/", include("operations.urls")),
]
if settings.INTAKE_ENV != "production":
    urlpatterns += [
        path("styleguide/", styleguide, name="styleguide"),
        path("styleguide/staff/", staff_styleguide, name="staff-styleguide"),
    ]

handler404 = "config.errors.not_found"
handler403 = "config.errors.forbidden"
handler400 = "config.errors.bad_request"
handler500 = "config.errors.broken"
