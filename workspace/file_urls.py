from django.urls import path

from workspace import file_views

app_name = "files"
urlpatterns = [
    path("<uuid:pk>/", file_views.download, name="download"),
    path("<uuid:pk>/original/", file_views.original, name="original"),
]
