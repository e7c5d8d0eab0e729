from django.urls import path

from evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.document_list, name="documents"),
    path("add/", views.document_add, name="document-add"),
    path("links/<uuid:pk>/", views.link, name="link"),
    path("checks/", views.checks, name="checks"),
    path("countries/", views.countries, name="countries"),
    path("countries/<slug:iso3>/", views.country, name="country"),
    path("collections/", views.collections, name="collections"),
    path("collections/<uuid:pk>/", views.collection, name="collection"),
    path("collected/<int:pk>/remove/", views.uncollect, name="uncollect"),
    path("shelf/<int:pk>/", views.shelf_report, name="shelf-report"),
    path("shelf/passages/<int:pk>/", views.shelf_passage, name="shelf-passage"),
    path("shelf/passages/<int:pk>/take/", views.shelf_take, name="shelf-take"),
    path("cases/<uuid:case_pk>/matrix/", views.matrix, name="matrix"),
    path("claim-points/<uuid:pk>/suggestions/", views.suggestions, name="suggestions"),
    path("<uuid:pk>/", views.document, name="document"),
    path("<uuid:pk>/confirm/", views.document_confirm, name="document-confirm"),
    path("<uuid:pk>/assess/", views.document_assess, name="document-assess"),
    path("<uuid:pk>/recognize/", views.document_recognize, name="document-recognize"),
    path("<uuid:pk>/collect/", views.document_collect, name="document-collect"),
    path("passages/<int:pk>/cite/", views.cite, name="cite"),
    path("citations/<uuid:pk>/withdraw/", views.citation_withdraw, name="citation-withdraw"),
    path("claim-points/<uuid:case_pk>/add/", views.claim_point_add, name="claim-point-add"),
]
