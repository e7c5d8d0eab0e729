from django.urls import path

from intake import views

app_name = "intake"
urlpatterns = [
    path("start/", views.start, name="start"),
    path("form/<slug:slug>/", views.step, name="step"),
    path("review/", views.review, name="review"),
    path("receipt/", views.receipt, name="receipt"),
    path("thanks/", views.thanks, name="thanks"),
    path("return/", views.come_back, name="return"),
]
