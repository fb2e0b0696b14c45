"""Addresses of the OpenID provider of provider.py."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]
