from django.urls import path

from workspace.letters import views

urlpatterns = [
    path("letters/", views.templates, name="letter-templates"),
    path("letters/versions/<int:pk>/paper/", views.sample, name="letter-sample"),
    path("letters/versions/<int:pk>/approve/", views.approve, name="letter-approve"),
    path("letters/versions/<int:pk>/end/", views.end, name="letter-end"),
    path("letters/<slug:kind>/<slug:language>/", views.template, name="letter-template"),
    path("cases/<uuid:pk>/letters/", views.letters, name="letters"),
    path("cases/<uuid:pk>/letters/write/", views.write, name="letter-write"),
    path("cases/<uuid:pk>/letters/<uuid:letter>/paper/", views.paper, name="letter-paper"),
    path("cases/<uuid:pk>/letters/<uuid:letter>/given/", views.given, name="letter-given"),
    path("cases/<uuid:pk>/letters/<uuid:letter>/drop/", views.drop, name="letter-drop"),
]
