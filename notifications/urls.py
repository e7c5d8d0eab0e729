from django.urls import path

from notifications import hook_views, views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<uuid:pk>/", views.open_message, name="open"),
    path("my/mails/", views.my_mails, name="my-mails"),
    path("hooks/sms/", hook_views.sms_hook, name="sms-hook"),
    path("inbox/read/", views.mark_read, name="mark-read"),
]
