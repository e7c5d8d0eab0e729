"""The staff's addresses, by subject, all in one namespace: `workspace:queue`, `workspace:triage`."""

from django.urls import include, path

from workspace.case.views import unknown_tab

app_name = "workspace"
urlpatterns = [
    path("stuck/", include("workspace.stuck.urls")),
    path("", include("workspace.ready.urls")),
    path("bursts/", include("workspace.bursts.urls")),
    path("", include("workspace.queue.urls")),
    path("", include("workspace.case.urls")),
    path("", include("workspace.placing.urls")),
    path("", include("workspace.feed.urls")),
    path("", include("workspace.small.urls")),
    path("", include("workspace.hours.urls")),
    path("", include("workspace.screenings.urls")),
    path("", include("workspace.dates.urls")),
    path("", include("workspace.filings.urls")),
    path("", include("workspace.papers.urls")),
    path("", include("workspace.law.urls")),
    path("", include("workspace.names.urls")),
    path("", include("workspace.intakes.urls")),
    path("", include("workspace.letters.urls")),
    path("", include("workspace.packets.urls")),
    path("", include("workspace.readings.urls")),
    path("", include("workspace.history.urls")),
    path("", include("workspace.search.urls")),
    path("", include("workspace.simulator.urls")),
    path("", include("workspace.keeping.urls")),
    path("", include("workspace.wordings.urls")),
    path("cases/<uuid:pk>/<slug:tab>/", unknown_tab, name="unknown-tab"),  # last: what no subject knows
]
