from django.urls import path

from teams import views

app_name = "teams"
urlpatterns = [
    path("bodies/", views.index, name="index"),
    path("bodies/add/", views.form_body, name="body_add"),
    path("bodies/<int:pk>/", views.body, name="body"),
    path("bodies/<int:pk>/edit/", views.edit_body, name="body_edit"),
    path("bodies/<int:pk>/dissolve/", views.dissolve_body, name="body_dissolve"),
    path("bodies/<int:pk>/terms/add/", views.add_term, name="term_add"),
    path("bodies/<int:pk>/terms/<int:term_pk>/", views.edit_term, name="term_edit"),
    path("bodies/<int:pk>/seats/add/", views.appoint, name="seat_add"),
    path("bodies/<int:pk>/seats/<int:seat_pk>/end/", views.end_seat, name="seat_end"),
    path("bodies/<int:pk>/seats/<int:seat_pk>/delegate/", views.delegate_seat, name="seat_delegate"),
    path("bodies/<int:pk>/seats/<int:seat_pk>/return/", views.end_delegation, name="seat_return"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/appoint/", views.choose_body, name="person_appoint"),
    path("people/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("my-seats/", views.my_seats, name="my_seats"),
]
