from django.urls import path

from workspace.simulator import views

urlpatterns = [
    path("simulator/", views.simulator, name="simulator"),
    path("simulator/<uuid:pk>/", views.rules_run, name="rules-run"),
    path("simulator/<uuid:pk>/adopt/", views.adopt, name="rules-run-adopt"),
    path("simulator/<uuid:pk>/read/", views.note_read, name="rules-run-read"),
]
