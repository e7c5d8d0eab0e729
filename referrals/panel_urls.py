from django.urls import path

from referrals import board_views as board
from referrals import firm_views as firms
from referrals import list_import_views as my_list
from referrals import my_firm_views as my_firm
from referrals import panel_import_views as importing
from referrals import panel_views as views

app_name = "panel"
urlpatterns = [
    path("practitioners/", views.practitioners, name="practitioners"),
    path("practitioners/import/", importing.import_panel, name="import"),
    path("practitioners/import/<int:pk>/undo/", importing.undo_import, name="undo-import"),
    path("practitioners/add/<int:pk>/", views.add_practitioner, name="add-practitioner"),
    path("practitioners/<int:pk>/", views.practitioner, name="practitioner"),
    path("practitioners/<int:pk>/verify/", views.verify, name="verify"),
    path("practitioners/<int:pk>/unverify/", views.unverify, name="unverify"),
    path("practitioners/<int:pk>/cover/verify/", views.verify_cover, name="verify-cover"),
    path("practitioners/<int:pk>/cover/unverify/", views.unverify_cover, name="unverify-cover"),
    path("practitioners/<int:pk>/place/", views.place, name="place"),
    path("practitioners/<int:pk>/trained/", views.note_training, name="note-training"),
    path("practitioners/trained/<int:pk>/drop/", firms.drop_training, name="drop-training"),
    path("practitioners/firms/", firms.firm_list, name="firms"),
    path("practitioners/firms/<int:pk>/", firms.firm, name="firm"),
    path("practitioners/firms/<int:pk>/end/", firms.end_firm, name="end-firm"),
    path("practitioners/firms/<int:pk>/reopen/", firms.reopen_firm, name="reopen-firm"),
    path("practitioners/asked/", firms.trainings, name="trainings"),
    path("practitioners/asked/rules/", firms.panel_rules, name="panel-rules"),
    path("practitioners/asked/<int:pk>/end/", firms.end_training, name="end-training"),
    path("practitioners/asked/<int:pk>/relist/", firms.relist_training, name="relist-training"),
    path("my/profile/", views.profile, name="profile"),
    path("my/board/", board.board, name="board"),
    path("my/board/<uuid:pk>/ask/", board.say, name="interest-say"),
    path("my/board/<uuid:pk>/withdraw/", board.withdraw, name="interest-withdraw"),
    path("my/firm/", my_firm.my_firm, name="my-firm"),
    path("my/firm/<int:pk>/pause/", my_firm.pause, name="pause-for"),
    path("my/firm/<int:pk>/resume/", my_firm.resume, name="resume-for"),
    path("my/list/import/", my_list.import_list, name="list-import"),
    path("my/list/import/<int:pk>/undo/", my_list.undo_list_import, name="undo-list-import"),
    path("queues/", views.queues, name="queues"),
    path("queues/<int:pk>/rename/", views.rename_queue, name="rename-queue"),
    path("queues/<int:pk>/rules/", views.queue_rules, name="queue-rules"),
    path("queues/<int:pk>/close/", views.close_queue, name="close-queue"),
    path("queues/<int:pk>/reopen/", views.reopen_queue, name="reopen-queue"),
]
