from django.urls import path

from workspace.wordings import views

urlpatterns = [
    path("messages/words/", views.wordings, name="wordings"),
    path("messages/words/versions/<int:pk>/approve/", views.approve, name="wording-approve"),
    path("messages/words/versions/<int:pk>/end/", views.end, name="wording-end"),
    path("messages/words/<slug:kind>/<slug:language>/", views.wording, name="wording"),
]
