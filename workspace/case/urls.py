from django.urls import path

from workspace.case import views

urlpatterns = [
    path("cases/<uuid:pk>/triage/", views.triage, name="triage"),
    path("cases/<uuid:pk>/decline/", views.decline, name="decline"),
    path("cases/<uuid:pk>/note/", views.note, name="note"),
    path("cases/<uuid:pk>/refer/", views.refer, name="refer"),
    path("cases/<uuid:pk>/refer-out/", views.refer_out, name="refer-out"),
    path("cases/<uuid:pk>/offer/", views.offer, name="offer"),
    path("cases/<uuid:pk>/engagement/", views.engagement, name="engagement"),
    path("cases/<uuid:pk>/release/", views.release, name="release"),
    path("offers/<uuid:pk>/rescind/", views.rescind, name="rescind"),
]
