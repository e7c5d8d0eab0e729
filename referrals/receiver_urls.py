from django.urls import path

from referrals.receiver_views import receiver

urlpatterns = [path("<str:token>/", receiver, name="receiver")]
