from django.urls import path

from evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.document_list, name="documents"),
    path("add/", views.document_add, name="document-add"),
    path("<uuid:pk>/", views.document, name="document"),
    path("<uuid:pk>/confirm/", views.document_confirm, name="document-confirm"),
    path("passages/<int:pk>/cite/", views.cite, name="cite"),
    path("citations/<uuid:pk>/withdraw/", views.citation_withdraw, name="citation-withdraw"),
    path("claim-points/<uuid:case_pk>/add/", views.claim_point_add, name="claim-point-add"),
]
