from django.urls import path

from intake.questionnaire.path import DOCUMENTS
from workspace.intakes import phone_views, views

urlpatterns = [
    path("phone/", phone_views.phone, name="phone"),
    path(f"phone/<uuid:pk>/form/{DOCUMENTS.number}/", phone_views.phone_documents, name="phone-documents"),
    path("phone/<uuid:pk>/form/<int:number>/", phone_views.phone_page, name="phone-page"),
    path("phone/<uuid:pk>/review/", phone_views.phone_review, name="phone-review"),
    path("phone/<uuid:pk>/receipt/", phone_views.phone_receipt, name="phone-receipt"),
    path("unfinished/<uuid:pk>/", views.unfinished, name="unfinished"),
    path("unfinished/<uuid:pk>/receipt/", views.replace_draft_receipt, name="replace-draft-receipt"),
    path("cases/<uuid:pk>/copy/", views.copy, name="copy"),
    path("cases/<uuid:pk>/receipt/", views.replace_receipt, name="replace-receipt"),
]
