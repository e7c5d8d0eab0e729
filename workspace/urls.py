from django.urls import path

from workspace import date_views, screening_views, simulator_views, views

app_name = "workspace"
urlpatterns = [
    path("cases/", views.queue, name="queue"),
    path("cases/<uuid:pk>/triage/", views.triage, name="triage"),
    path("cases/<uuid:pk>/screening/", screening_views.screening, name="screening"),
    path("cases/<uuid:pk>/screening/again/", screening_views.screen_again, name="screen-again"),
    path("cases/<uuid:pk>/screening/review/", screening_views.review, name="review"),
    path("cases/<uuid:pk>/dates/", date_views.dates, name="dates"),
    path("cases/<uuid:pk>/dates/judge/", date_views.judge_date, name="judge-date"),
    path(
        "cases/<uuid:pk>/dates/judge/<uuid:judge>/remove/",
        date_views.judge_date_remove,
        name="judge-date-remove",
    ),
    path("cases/<uuid:pk>/dates/<uuid:deadline>/confirm/", date_views.confirm, name="date-confirm"),
    path("cases/<uuid:pk>/dates/<uuid:deadline>/done/", date_views.done, name="date-done"),
    path("cases/<uuid:pk>/dates/<uuid:deadline>/waive/", date_views.waive, name="date-waive"),
    path("cases/<uuid:pk>/dates/<uuid:deadline>/reopen/", date_views.reopen, name="date-reopen"),
    path("cases/<uuid:pk>/facts/", date_views.case_facts, name="case-facts"),
    path("cases/<uuid:pk>/decline/", views.decline, name="decline"),
    path("cases/<uuid:pk>/note/", views.note, name="note"),
    path("cases/<uuid:pk>/refer/", views.refer, name="refer"),
    path("cases/<uuid:pk>/refer-out/", views.refer_out, name="refer-out"),
    path("cases/<uuid:pk>/offer/", views.offer, name="offer"),
    path("cases/<uuid:pk>/engagement/", views.engagement, name="engagement"),
    path("cases/<uuid:pk>/release/", views.release, name="release"),
    path("simulator/", simulator_views.simulator, name="simulator"),
    path("offers/<uuid:pk>/rescind/", views.rescind, name="rescind"),
    path("deliveries/<int:pk>/retry/", views.delivery_retry, name="delivery-retry"),
    path("messages/<uuid:pk>/retry/", views.message_retry, name="message-retry"),
]
