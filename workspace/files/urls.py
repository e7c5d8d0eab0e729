from django.urls import path

from workspace.files import views

app_name = "files"
urlpatterns = [
    path("<uuid:pk>/", views.download, name="download"),
    path("<uuid:pk>/original/", views.original, name="original"),
]
