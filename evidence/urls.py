from django.urls import path

from evidence.views import claims, collections, library, links, shelf

app_name = "evidence"
urlpatterns = [
    path("", library.document_list, name="documents"),
    path("add/", library.document_add, name="document-add"),
    path("links/<uuid:pk>/", links.link, name="link"),
    path("links/<uuid:pk>/retry/", links.link_retry, name="link-retry"),
    path("links/<uuid:pk>/remove/", links.link_remove, name="link-remove"),
    path("checks/", links.checks, name="checks"),
    path("countries/", library.countries, name="countries"),
    path("countries/<slug:iso3>/", library.country, name="country"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<uuid:pk>/", collections.collection, name="collection"),
    path("collected/<int:pk>/remove/", collections.collected_remove, name="uncollect"),
    path("shelf/<int:pk>/", shelf.shelf_report, name="shelf-report"),
    path("shelf/passages/<int:pk>/", shelf.shelf_passage, name="shelf-passage"),
    path("shelf/passages/<int:pk>/take/", shelf.shelf_take, name="shelf-take"),
    path("cases/<uuid:case_pk>/matrix/", claims.matrix, name="matrix"),
    path("claim-points/<uuid:pk>/suggestions/", claims.suggestions, name="suggestions"),
    path("claim-points/<uuid:pk>/cite/", claims.cite_for_point, name="point-cite"),
    path("<uuid:pk>/", library.document, name="document"),
    path("<uuid:pk>/confirm/", library.document_confirm, name="document-confirm"),
    path("<uuid:pk>/passages/", library.passage_mark, name="passage-mark"),
    path("<uuid:pk>/words/", library.words_mark, name="words-mark"),
    path("<uuid:pk>/end/", library.statement_end, name="statement-end"),
    path("<uuid:pk>/assess/", library.document_assess, name="document-assess"),
    path("<uuid:pk>/recognize/", library.document_recognize, name="document-recognize"),
    path("<uuid:pk>/collect/", collections.document_collect, name="document-collect"),
    path("passages/<int:pk>/cite/", claims.cite, name="cite"),
    path("citations/<uuid:pk>/withdraw/", claims.citation_withdraw, name="citation-withdraw"),
    path("claim-points/<uuid:case_pk>/add/", claims.claim_point_add, name="claim-point-add"),
]
