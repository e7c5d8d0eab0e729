from django.urls import path

from workspace.case import closing_views as closing
from workspace.case import names, second_views, views, wishes

urlpatterns = [
    path("cases/<uuid:pk>/triage/", views.triage, name="triage"),
    path("cases/<uuid:pk>/decline/", views.decline, name="decline"),
    path("cases/<uuid:pk>/note/", views.note, name="note"),
    path("cases/<uuid:pk>/refer/", views.refer, name="refer"),
    path("cases/<uuid:pk>/refer-out/", views.refer_out, name="refer-out"),
    path("cases/<uuid:pk>/offer/", views.offer, name="offer"),
    path("cases/<uuid:pk>/engagement/", views.engagement, name="engagement"),
    path("cases/<uuid:pk>/release/", views.release, name="release"),
    path("cases/<uuid:pk>/close/", closing.close, name="close"),
    path("cases/<uuid:pk>/close/confirm/", closing.confirm_closing, name="confirm-closing"),
    path("cases/<uuid:pk>/close/drop/", closing.drop_closing, name="drop-closing"),
    path("cases/second/<uuid:pk>/", second_views.decide, name="second"),
    path("cases/<uuid:pk>/reopen/", closing.reopen, name="reopen"),
    path("offers/<uuid:pk>/rescind/", views.rescind, name="rescind"),
    path("cases/<uuid:pk>/names/check/", names.check, name="names-check"),
    path("cases/<uuid:pk>/names/add/", names.add_party, name="party-add"),
    path("cases/<uuid:pk>/a-number/", names.a_number, name="a-number"),
    path("cases/<uuid:pk>/fence/", names.fence, name="fence"),
    path("fences/<uuid:pk>/lift/", names.lift_fence, name="fence-lift"),
    path("conflicts/parties/<uuid:pk>/remove/", names.remove_party, name="party-remove"),
    path("conflicts/together/<uuid:pk>/apart/", names.take_apart, name="take-apart"),
    path("cases/<uuid:pk>/told/", wishes.tell, name="tell"),
    path("cases/<uuid:pk>/post/", wishes.post, name="post"),
    path("cases/<uuid:pk>/post/<uuid:posting>/settle/", wishes.settle, name="settle-posting"),
    path("cases/<uuid:pk>/wish/", wishes.wish, name="wish"),
    path("cases/<uuid:pk>/spoken-alone/", wishes.spoken_alone, name="spoken-alone"),
    path("cases/<uuid:pk>/invite-story/", wishes.invite_story, name="invite-story"),
    path("cases/<uuid:pk>/hold/", wishes.legal_hold, name="legal-hold"),
]
