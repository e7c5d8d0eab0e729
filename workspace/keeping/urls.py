from django.urls import path

from workspace.keeping import views

urlpatterns = [path("office/keeping/", views.keeping, name="keeping")]
