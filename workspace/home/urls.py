from django.urls import path

from workspace.home import views

urlpatterns = [
    path("deliveries/<int:pk>/retry/", views.delivery_retry, name="delivery-retry"),
    path("messages/<uuid:pk>/retry/", views.message_retry, name="message-retry"),
]
