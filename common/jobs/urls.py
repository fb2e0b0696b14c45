from django.urls import path

from common.jobs import views

app_name = "jobs"
urlpatterns = [
    path("isler/<int:pk>/", views.progress, name="progress"),
    path("isler/<int:pk>/yeniden/", views.retry, name="retry"),
]
