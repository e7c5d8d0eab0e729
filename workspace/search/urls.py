from django.urls import path

from workspace.search import views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/unsent/", views.find_unsent, name="find-unsent"),
    path("search/<uuid:pk>/", views.search_results, name="search-results"),
]
