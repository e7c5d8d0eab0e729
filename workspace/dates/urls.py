from django.urls import path

from workspace.dates import views

urlpatterns = [
    path("cases/<uuid:pk>/dates/", views.dates, name="dates"),
    path("cases/<uuid:pk>/dates/judge/", views.judge_date, name="judge-date"),
    path(
        "cases/<uuid:pk>/dates/judge/<uuid:judge>/remove/",
        views.judge_date_remove,
        name="judge-date-remove",
    ),
    path("cases/<uuid:pk>/dates/<uuid:deadline>/confirm/", views.confirm, name="date-confirm"),
    path("cases/<uuid:pk>/dates/<uuid:deadline>/done/", views.done, name="date-done"),
    path("cases/<uuid:pk>/dates/<uuid:deadline>/waive/", views.waive, name="date-waive"),
    path("cases/<uuid:pk>/dates/<uuid:deadline>/reopen/", views.reopen, name="date-reopen"),
    path("cases/<uuid:pk>/facts/", views.case_facts, name="case-facts"),
]
