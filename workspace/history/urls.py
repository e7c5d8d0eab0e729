from django.urls import path

from workspace.history import views

urlpatterns = [path("ledger/", views.ledger, name="ledger")]
