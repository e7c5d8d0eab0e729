from django.urls import path

from workspace.papers import views

urlpatterns = [
    path("cases/<uuid:pk>/papers/", views.papers, name="papers"),
    path("cases/<uuid:pk>/papers/add/", views.add, name="papers-add"),
    path("cases/<uuid:pk>/papers/ask/", views.ask, name="papers-ask"),
    path("cases/<uuid:pk>/papers/ask-usual/", views.ask_usual, name="papers-ask-usual"),
    path("cases/<uuid:pk>/papers/asked/<uuid:asked>/", views.settle, name="asked-settle"),
    path("cases/<uuid:pk>/papers/<uuid:upload>/", views.paper, name="paper"),
    path("cases/<uuid:pk>/papers/<uuid:upload>/aside/", views.put_aside, name="paper-aside"),
    path("cases/<uuid:pk>/papers/<uuid:upload>/back/", views.bring_back, name="paper-back"),
]
