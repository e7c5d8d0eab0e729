from django.urls import path

from directory import import_views, views

app_name = "directory"
urlpatterns = [
    path("", views.organizations, name="organizations"),
    path("add/", views.add, name="add"),
    path("import/", import_views.import_list, name="import"),
    path("import/<int:pk>/undo/", import_views.undo_import, name="undo-import"),
    path("<int:pk>/", views.organization, name="organization"),
    path("<int:pk>/check/", views.check, name="check"),
    path("<int:pk>/end/", views.end, name="end"),
    path("<int:pk>/bring-back/", views.bring_back, name="bring-back"),
]
