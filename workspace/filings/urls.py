from django.urls import path

from workspace.filings import views

urlpatterns = [
    path("cases/<uuid:pk>/receipts/", views.receipts, name="receipts"),
    path("cases/<uuid:pk>/receipts/record/", views.record, name="receipt-record"),
    path("cases/<uuid:pk>/receipts/<uuid:filing>/returned/", views.returned, name="receipt-returned"),
    path("cases/<uuid:pk>/receipts/<uuid:filing>/remove/", views.remove, name="receipt-remove"),
]
