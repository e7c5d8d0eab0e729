from django.urls import path

from workspace.screenings import views

urlpatterns = [
    path("cases/<uuid:pk>/screening/", views.screening, name="screening"),
    path("cases/<uuid:pk>/screening/again/", views.screen_again, name="screen-again"),
    path("cases/<uuid:pk>/screening/review/", views.review, name="review"),
]
