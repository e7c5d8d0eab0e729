from django.urls import path

from workspace.law import views

urlpatterns = [
    path("law/", views.law_files, name="law"),
    path("law/readers/name/", views.name_reader, name="law-reader-name"),
    path("law/readers/<int:pk>/end/", views.end_reader, name="law-reader-end"),
    path("law/<slug:key>/check/", views.check, name="law-check"),
]
