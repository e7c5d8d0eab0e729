from django.urls import path

from workspace.names import views

urlpatterns = [
    path("cases/<uuid:pk>/names/check/", views.check, name="names-check"),
    path("cases/<uuid:pk>/names/add/", views.add_party, name="party-add"),
    path("cases/<uuid:pk>/a-number/", views.a_number, name="a-number"),
    path("cases/<uuid:pk>/fence/", views.fence, name="fence"),
    path("fences/<uuid:pk>/lift/", views.lift_fence, name="fence-lift"),
    path("conflicts/", views.conflicts, name="conflicts"),
    path("conflicts/our-people/", views.our_people, name="our-people"),
    path("conflicts/parties/<uuid:pk>/remove/", views.remove_party, name="party-remove"),
    path("conflicts/<uuid:pk>/", views.hit, name="hit"),
    path("conflicts/<uuid:pk>/decide/", views.decide, name="hit-decide"),
    path("conflicts/checks/<uuid:pk>/decide/", views.decide_unread, name="check-decide"),
    path("conflicts/together/<uuid:pk>/apart/", views.take_apart, name="take-apart"),
    path("my/list/", views.my_list, name="my-list"),
    path("my/list/<uuid:pk>/remove/", views.my_list_remove, name="my-list-remove"),
]
