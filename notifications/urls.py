from django.urls import path

from notifications import hook_views, views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("hooks/sms/", hook_views.sms_hook, name="sms-hook"),
    path("inbox/read/", views.mark_read, name="mark-read"),
]
