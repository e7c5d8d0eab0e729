from django.urls import path

from referrals import views

app_name = "referrals"
urlpatterns = [
    path("<uuid:pk>/", views.offer_detail, name="offer-detail"),
    path("<uuid:pk>/names/", views.offer_names, name="offer-names"),
    path("<uuid:pk>/names/sheet/", views.offer_sheet, name="offer-sheet"),
    path("<uuid:pk>/accept/", views.offer_accept, name="offer-accept"),
    path("<uuid:pk>/decline/", views.offer_decline, name="offer-decline"),
    path("<uuid:pk>/ask/", views.offer_ask, name="offer-ask"),
    path("<uuid:pk>/pause/", views.offer_pause, name="offer-pause"),
    path("<uuid:pk>/resume/", views.offer_resume, name="offer-resume"),
    path("<uuid:pk>/move/", views.offer_move, name="offer-move"),
]
