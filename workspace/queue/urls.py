from django.urls import path

from workspace.queue import views

urlpatterns = [
    path("cases/", views.queue, name="queue"),
]
