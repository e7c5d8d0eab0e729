from django.urls import path

from workspace.queue import export_views, list_views, many_views, saved_views, views

urlpatterns = [
    path("cases/", views.queue, name="queue"),
    path("cases/filter/", views.choose, name="queue-filter"),
    path("cases/next/", views.take, name="take-next"),
    path("cases/lists/", saved_views.save, name="save-list"),
    path("cases/lists/all/", saved_views.lists, name="saved-lists"),
    path("cases/lists/<int:pk>/tell/", saved_views.tell_of_saved, name="tell-of-list"),
    path("cases/lists/<int:pk>/", saved_views.open_saved, name="saved-list"),
    path("cases/lists/<int:pk>/end/", saved_views.end_saved, name="end-saved-list"),
    path("cases/many/", many_views.many, name="many"),
    path("cases/many/<int:pk>/undo/", many_views.undo, name="undo-many"),
    path("cases/export/", export_views.export, name="export"),
    path("cases/tags/", list_views.tags, name="tags"),
    path("cases/tags/<int:pk>/end/", list_views.end, name="end-tag"),
    path("cases/skills/", list_views.skills, name="skills"),
    path("cases/skills/<int:pk>/", list_views.skills_of_one, name="skills-of"),
]
