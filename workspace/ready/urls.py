from django.urls import path

from workspace.ready import views

urlpatterns = [
    path("ready/", views.ready, name="ready"),
    path("ready/form/", views.switch_form, name="switch-form"),
]
