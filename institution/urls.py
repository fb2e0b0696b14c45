from django.urls import path

from institution import views

app_name = "institution"
urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/edit/", views.edit_municipality, name="municipality_edit"),
    path("settings/law/", views.law, name="law"),
    path("settings/law/<str:key>/", views.add_legal_value, name="legal_value"),
    path("access/", views.access, name="access"),
    path("access/table/", views.access_table, name="access_table"),
    path("periods/", views.periods, name="periods"),
    path("periods/open/", views.open_period, name="period_open"),
    path("periods/<int:pk>/", views.period, name="period"),
    path("periods/<int:pk>/edit/", views.edit_period, name="period_edit"),
    path("periods/<int:pk>/choose/", views.choose_period, name="period_choose"),
    path("periods/<int:pk>/move/", views.move_period, name="period_move"),
    path("units/", views.units, name="units"),
    path("units/add/", views.add_unit, name="unit_add"),
    path("units/<int:pk>/", views.edit_unit, name="unit_edit"),
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="person_add"),
    path("people/<int:pk>/edit/", views.edit_person, name="person_edit"),
    path("people/<int:pk>/invite/", views.invite, name="person_invite"),
    path("people/<int:pk>/factors/", views.remove_factors, name="person_factors"),
    path("people/<int:pk>/account/", views.switch_account, name="person_account"),
]
