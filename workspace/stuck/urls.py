from django.urls import path

from workspace.stuck import views

urlpatterns = [
    path("", views.stuck, name="stuck"),
    path("<slug:key>/retry/", views.retry_all, name="stuck-retry-all"),
    path("<slug:key>/<slug:pk>/retry/", views.retry, name="stuck-retry"),
    path("<slug:key>/<slug:pk>/give-up/", views.give_up, name="stuck-give-up"),
]
