from django.urls import path

from workspace import views

app_name = "workspace"
urlpatterns = [
    path("cases/", views.queue, name="queue"),
    path("cases/<uuid:pk>/triage/", views.triage, name="triage"),
    path("cases/<uuid:pk>/decline/", views.decline, name="decline"),
    path("cases/<uuid:pk>/note/", views.note, name="note"),
    path("cases/<uuid:pk>/refer/", views.refer, name="refer"),
    path("cases/<uuid:pk>/refer-out/", views.refer_out, name="refer-out"),
    path("cases/<uuid:pk>/offer/", views.offer, name="offer"),
    path("cases/<uuid:pk>/engagement/", views.engagement, name="engagement"),
    path("cases/<uuid:pk>/release/", views.release, name="release"),
    path("offers/<uuid:pk>/rescind/", views.rescind, name="rescind"),
    path("deliveries/<int:pk>/retry/", views.delivery_retry, name="delivery-retry"),
    path("messages/<uuid:pk>/retry/", views.message_retry, name="message-retry"),
]
