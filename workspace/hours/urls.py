from django.urls import path

from workspace.hours import views

urlpatterns = [
    path("cases/<uuid:pk>/hours/", views.of_case, name="hours"),
    path("cases/<uuid:pk>/hours/<uuid:one>/", views.change, name="hours-change"),
    path("cases/<uuid:pk>/hours/<uuid:one>/strike/", views.strike, name="hours-strike"),
]
