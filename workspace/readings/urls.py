from django.urls import path

from workspace.readings import views

urlpatterns = [
    path("readings/", views.readers, name="readings"),
    path("readings/<int:pk>/", views.by_person, name="readings-of"),
    path("cases/<uuid:pk>/readings/", views.by_case, name="case-readings"),
]
