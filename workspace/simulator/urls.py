from django.urls import path

from workspace.simulator import views

urlpatterns = [
    path("simulator/", views.simulator, name="simulator"),
]
