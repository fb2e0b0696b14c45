from django.urls import path

from documents.plan import views

app_name = "plan"
urlpatterns = [
    path("plan/", views.index, name="index"),
    path("plan/outlook/", views.outlook_edit, name="outlook-edit"),
    path("plan/costs/", views.costs, name="costs"),
    path("plan/checks/", views.checks, name="checks"),
    path("plan/goals/new/", views.goal_new, name="goal-new"),
    path("plan/goals/<int:pk>/", views.goal, name="goal"),
    path("plan/goals/<int:pk>/edit/", views.goal_edit, name="goal-edit"),
    path("plan/goals/<int:pk>/move/", views.goal_move, name="goal-move"),
    path("plan/goals/<int:pk>/remove/", views.goal_remove, name="goal-remove"),
    path("plan/goals/<int:pk>/objectives/new/", views.objective_new, name="objective-new"),
    path("plan/objectives/<int:pk>/", views.card, name="card"),
    path("plan/objectives/<int:pk>/edit/", views.card_edit, name="card-edit"),
    path("plan/objectives/<int:pk>/move/", views.objective_move, name="objective-move"),
    path("plan/objectives/<int:pk>/remove/", views.objective_remove, name="objective-remove"),
]
