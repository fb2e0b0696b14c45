from django.urls import path

from documents.drafts import views

app_name = "drafts"
urlpatterns = [
    path("drafts/", views.index, name="index"),
    path("drafts/freeze/", views.freeze, name="freeze"),
    path("drafts/living/", views.living, name="living"),
    path("drafts/<int:pk>/", views.read, name="read"),
    path("drafts/<int:pk>/sources/<int:block>/", views.source, name="source"),
    path("drafts/<int:pk>/approval/", views.approval, name="approval"),
    path("drafts/<int:pk>/endorse/", views.endorse, name="endorse"),
    path("drafts/<int:pk>/approve/", views.approve, name="approve"),
    path("drafts/<int:pk>/records/", views.file_record, name="file_record"),
    path("drafts/objections/<int:pk>/", views.answer, name="answer"),
]
