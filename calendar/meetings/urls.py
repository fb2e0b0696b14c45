from django.urls import path

from meetings import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.index, name="index"),
    path("meetings/new/", views.new, name="new"),
    path("meetings/<int:pk>/", views.meeting, name="meeting"),
    path("meetings/<int:pk>/minutes/", views.minutes, name="minutes"),
    path("meetings/<int:pk>/edit/", views.edit, name="edit"),
    path("meetings/<int:pk>/call/", views.call, name="call"),
    path("meetings/<int:pk>/off/", views.call_off, name="call_off"),
    path("meetings/<int:pk>/attendance/", views.attendance, name="attendance"),
    path("meetings/<int:pk>/open/", views.open_sitting, name="open"),
    path("meetings/<int:pk>/adjourn/", views.adjourn, name="adjourn"),
    path("meetings/<int:pk>/close/", views.close_sitting, name="close"),
    path("meetings/<int:pk>/files/", views.attach, name="attach"),
    path("meetings/<int:pk>/files/<int:document_pk>/remove/", views.detach, name="detach"),
    path("meetings/<int:pk>/items/", views.add_item, name="item_add"),
    path("meetings/items/<int:pk>/move/", views.move_item, name="item_move"),
    path("meetings/items/<int:pk>/remove/", views.remove_item, name="item_remove"),
    path("meetings/items/<int:pk>/note/", views.note, name="note"),
    path("meetings/items/<int:pk>/vote/", views.open_vote, name="open_vote"),
    path("meetings/votes/<int:pk>/", views.vote, name="vote"),
    path("meetings/votes/<int:pk>/cast/", views.cast, name="cast"),
    path("meetings/votes/<int:pk>/ballots/", views.ballots, name="ballots"),
    path("meetings/votes/<int:pk>/preview/", views.preview, name="preview"),
    path("meetings/votes/<int:pk>/close/", views.close_vote, name="close_vote"),
    path("meetings/votes/<int:pk>/number/", views.number, name="number"),
    path("meetings/votes/<int:pk>/cancel/", views.cancel_vote, name="cancel_vote"),
]
