from django.urls import path

from workspace.small import views

urlpatterns = [
    path("small-tasks/", views.small_tasks, name="small-tasks"),
    path("small-tasks/<uuid:pk>/<slug:do>/", views.move_small_task, name="small-task-move"),
    path("cases/<uuid:pk>/small-tasks/", views.of_case, name="small-tasks-of-case"),
    path("cases/<uuid:pk>/small-tasks/<uuid:one>/withdraw/", views.withdraw, name="small-task-withdraw"),
]
