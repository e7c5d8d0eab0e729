from django.urls import path

from workspace.placing import views

urlpatterns = [
    path("placing/", views.placing, name="placing"),
    path("placing/what-if/", views.try_more, name="what-if"),
]
