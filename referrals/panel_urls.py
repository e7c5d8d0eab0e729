from django.urls import path

from referrals import panel_import_views as importing
from referrals import panel_views as views

app_name = "panel"
urlpatterns = [
    path("practitioners/", views.practitioners, name="practitioners"),
    path("practitioners/import/", importing.import_panel, name="import"),
    path("practitioners/import/<int:pk>/undo/", importing.undo_import, name="undo-import"),
    path("practitioners/add/<int:pk>/", views.add_practitioner, name="add-practitioner"),
    path("practitioners/<int:pk>/", views.practitioner, name="practitioner"),
    path("practitioners/<int:pk>/verify/", views.verify, name="verify"),
    path("practitioners/<int:pk>/unverify/", views.unverify, name="unverify"),
    path("my/profile/", views.profile, name="profile"),
    path("queues/", views.queues, name="queues"),
    path("queues/<int:pk>/rename/", views.rename_queue, name="rename-queue"),
    path("queues/<int:pk>/rules/", views.queue_rules, name="queue-rules"),
    path("queues/<int:pk>/close/", views.close_queue, name="close-queue"),
    path("queues/<int:pk>/reopen/", views.reopen_queue, name="reopen-queue"),
]
