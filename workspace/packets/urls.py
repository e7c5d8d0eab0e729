from django.urls import path

from workspace.packets import declaration_views as declared
from workspace.packets import form_views, views

urlpatterns = [
    path("cases/<uuid:pk>/packets/", views.packets, name="packets"),
    path("packets/<uuid:pk>/", views.packet, name="packet"),
    path("packets/<uuid:pk>/cover/", views.cover, name="packet-cover"),
    path("packets/<uuid:pk>/add/", views.add, name="packet-add"),
    path("packets/<uuid:pk>/order/", views.order, name="packet-order"),
    path("packets/<uuid:pk>/build/", views.build, name="packet-build"),
    path("packets/<uuid:pk>/read/", views.read_texts, name="packet-read"),
    path("packets/<uuid:pk>/freeze/", views.freeze, name="packet-freeze"),
    path("packets/<uuid:pk>/thaw/", views.thaw, name="packet-thaw"),
    path("packets/<uuid:pk>/file/", views.lodge, name="packet-lodge"),
    path("packets/<uuid:pk>/follow/", views.follow, name="packet-follow"),
    path("packets/<uuid:pk>/index/", views.index, name="packet-index"),
    path("packets/<uuid:pk>/brief/", views.brief, name="packet-brief"),
    path("packets/<uuid:pk>/arrange/", views.arrange, name="packet-arrange"),
    path("packets/exhibits/<uuid:pk>/", views.exhibit, name="exhibit"),
    path("packets/exhibits/<uuid:pk>/move/<slug:way>/", views.move, name="exhibit-move"),
    path("packets/exhibits/<uuid:pk>/take-out/", views.take_out, name="exhibit-take-out"),
    path("packets/builds/<uuid:pk>/<int:number>/", views.volume, name="packet-volume"),
    path("packets/filings/<uuid:pk>/answer/", views.answer, name="packet-answer"),
    path("cases/<uuid:pk>/declarations/", declared.declarations, name="declarations"),
    path("cases/<uuid:pk>/forms/<slug:form>/", form_views.form_sheet, name="form-sheet"),
    path("declarations/<uuid:pk>/", declared.declaration, name="declaration"),
    path("declarations/<uuid:pk>/submit/", declared.submit, name="declaration-submit"),
    path("declarations/<uuid:pk>/word/", declared.word, name="declaration-word"),
    path("declarations/paragraphs/<uuid:pk>/", declared.paragraph, name="paragraph"),
    path("declarations/paragraphs/<uuid:pk>/move/<slug:way>/", declared.move, name="paragraph-move"),
    path("declarations/paragraphs/<uuid:pk>/take-out/", declared.take_out, name="paragraph-take-out"),
    path("declarations/paragraphs/<uuid:pk>/review/", declared.review, name="paragraph-review"),
]
