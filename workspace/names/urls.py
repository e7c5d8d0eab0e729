from django.urls import path

from workspace.names import views

urlpatterns = [
    path("conflicts/", views.conflicts, name="conflicts"),
    path("conflicts/our-people/", views.our_people, name="our-people"),
    path("conflicts/<uuid:pk>/", views.hit, name="hit"),
    path("conflicts/<uuid:pk>/decide/", views.decide, name="hit-decide"),
    path("conflicts/checks/<uuid:pk>/decide/", views.decide_unread, name="check-decide"),
    path("my/list/", views.my_list, name="my-list"),
    path("my/list/<uuid:pk>/remove/", views.my_list_remove, name="my-list-remove"),
]
