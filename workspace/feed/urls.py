from django.urls import path

from workspace.feed import views

urlpatterns = [
    path("my/calendar/", views.my_calendar, name="my-calendar"),
    path("my/calendar/new/", views.new_address, name="new-calendar-address"),
    path("my/calendar/revoke/", views.revoke, name="revoke-calendar-address"),
    path("my/calendar/<slug:kind>/<uuid:pk>.ics", views.one_date, name="calendar-file"),
    path("calendar/<str:token>.ics", views.feed, name="calendar-feed"),
]
