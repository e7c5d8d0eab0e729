from django.urls import path

from workspace.bursts import views

urlpatterns = [
    path("", views.show, name="bursts"),
    path("put-aside/", views.put_aside, name="put-aside"),
    path("bring-back/", views.bring_back, name="bring-back"),
]
