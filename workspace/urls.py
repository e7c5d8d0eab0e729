from django.urls import path

from workspace import conflicts, search, views

app_name = "workspace"
urlpatterns = [
    path("cases/", views.queue, name="queue"),
    path("cases/<uuid:pk>/triage/", views.triage, name="triage"),
    path("cases/<uuid:pk>/decline/", views.decline, name="decline"),
    path("cases/<uuid:pk>/note/", views.note, name="note"),
    path("cases/<uuid:pk>/refer/", views.refer, name="refer"),
    path("cases/<uuid:pk>/refer-out/", views.refer_out, name="refer-out"),
    path("cases/<uuid:pk>/offer/", views.offer, name="offer"),
    path("cases/<uuid:pk>/engagement/", views.engagement, name="engagement"),
    path("cases/<uuid:pk>/release/", views.release, name="release"),
    path("cases/<uuid:pk>/names/check/", conflicts.check, name="names-check"),
    path("cases/<uuid:pk>/names/add/", conflicts.add_party, name="party-add"),
    path("cases/<uuid:pk>/fence/", conflicts.fence, name="fence"),
    path("fences/<uuid:pk>/lift/", conflicts.lift_fence, name="fence-lift"),
    path("conflicts/", conflicts.conflicts, name="conflicts"),
    path("conflicts/<uuid:pk>/", conflicts.hit, name="hit"),
    path("conflicts/<uuid:pk>/decide/", conflicts.decide, name="hit-decide"),
    path("conflicts/checks/<uuid:pk>/decide/", conflicts.decide_unread, name="check-decide"),
    path("conflicts/together/<uuid:pk>/apart/", conflicts.take_apart, name="take-apart"),
    path("my/list/", conflicts.my_list, name="my-list"),
    path("my/list/<uuid:pk>/remove/", conflicts.my_list_remove, name="my-list-remove"),
    path("search/", search.search, name="search"),
    path("search/<uuid:pk>/", search.search_results, name="search-results"),
    path("offers/<uuid:pk>/rescind/", views.rescind, name="rescind"),
    path("deliveries/<int:pk>/retry/", views.delivery_retry, name="delivery-retry"),
    path("messages/<uuid:pk>/retry/", views.message_retry, name="message-retry"),
]
