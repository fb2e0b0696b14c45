from django.urls import path

from common.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/<int:pk>/", views.progress, name="progress"),
    path("jobs/<int:pk>/retry/", views.retry, name="retry"),
]
